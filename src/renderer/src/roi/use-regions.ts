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

/** What saves the regions of a project; null where none were looked at. */
export function regionsSaverOf(path: string): RegionsSaver | null {
  return drawings.get(path)?.saver ?? null
}

/** Whether regions of any project are here alone. */
export function hasUnsavedRegions(): boolean {
  return [...drawings.values()].some(({ saver }) => !saver.isSettled)
}

/** The regions of the open project on a picture of `size`. */
export function useRegions(size: Size): Drawing {
  const { state } = useProject()
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
  useSending(saver)
  useEffect(() => {
    // What is here and not yet there goes before what is there.
    if (saver.isSettled && !saver.isStale(state.regions)) {
      saver.note(state.regions)
      editor.follow(state.regions, size)
    } else editor.resize(size)
  }, [saver, editor, state.regions, size])
  return drawing
}

/** Saves go by the handle that the project has now. */
export function useSending(saver: RegionsSaver): void {
  const { client, handle } = useProject()
  useEffect(
    () => saver.sendBy((regions) => client.call('regions.set', { project: handle, regions })),
    [saver, client, handle],
  )
}
