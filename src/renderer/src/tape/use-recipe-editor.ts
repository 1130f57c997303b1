import { useEffect, useMemo } from 'react'
import type { Size } from '../../../shared/recipe.ts'
import { useProject } from '../state/project-context.tsx'
import { RecipeEditor } from './recipe-editor.ts'

/** Drafts outlive their screen: somebody who looks at another one finds them again. */
const drafts = new Map<string, RecipeEditor>()

/** The draft of the project's recipe for tapes of a size. */
export function useRecipeEditor({ width, height }: Size): RecipeEditor {
  const { state } = useProject()
  const saved = state.recipe?.recipe ?? null
  const key = `${state.path} ${width}x${height}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: it follows what is saved by itself.
  const editor = useMemo(() => {
    const kept = drafts.get(key) ?? new RecipeEditor({ width, height }, saved)
    drafts.set(key, kept)
    return kept
  }, [key])
  useEffect(() => editor.follow(saved), [editor, saved])
  return editor
}
