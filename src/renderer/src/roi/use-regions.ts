import { useEffect, useMemo } from 'react'
import type { Size } from '../../../shared/recipe.ts'
import { useProject } from '../state/project-context.tsx'
import { RegionsEditor } from './regions-editor.ts'
import { RegionsSaver } from './regions-saver.ts'
import { RegionTools } from './tools.ts'

interface Drawing {
  editor: RegionsEditor
  saver: RegionsSaver
  tools: RegionTools
}

/** They outlive their screen: undo goes on where one left it, and a save that failed is tried again. */
const drawings = new Map<string, Drawing>()

/** The regions of the open project on a picture of `size`. */
export function useRegions(size: Size): Drawing {
  const { client, handle, state } = useProject()
  const { path } = state
  // biome-ignore lint/correctness/useExhaustiveDependencies: it follows the rest by itself.
  const drawing = useMemo(() => {
    const known = drawings.get(path)
    if (known) return known
    const editor = new RegionsEditor(state.regions, size)
    const saver = new RegionsSaver(editor, () => Promise.reject(new Error('not open')))
    saver.follow()
    const made = { editor, saver, tools: new RegionTools(editor) }
    drawings.set(path, made)
    return made
  }, [path])
  const { editor, saver } = drawing
  useEffect(
    () => saver.sendBy((regions) => client.call('regions.set', { project: handle, regions })),
    [saver, client, handle],
  )
  useEffect(() => {
    // What is here and not yet there goes before what is there.
    if (saver.isSettled && !saver.isStale(state.regions)) {
      saver.note(state.regions)
      editor.follow(state.regions, size)
    } else editor.resize(size)
  }, [saver, editor, state.regions, size])
  return drawing
}
