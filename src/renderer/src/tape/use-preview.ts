import { useEffect, useRef, useState } from 'react'
import { byteAddress } from '../../../shared/byte-routes.ts'
import type { Recipe } from '../../../shared/recipe.ts'
import { loadRaw } from '../canvas/raw-picture.ts'
import type { Stage } from '../canvas/stage.ts'
import { useProject } from '../state/project-context.tsx'
import { Preview } from './preview/preview.ts'
import type { ShownPicture } from './tape-picture.ts'

/** How long the hand must rest before the engine is asked. */
const restMs = 300

interface PreviewOptions {
  stage: Stage | null
  tape: number
  shown: ShownPicture
  recipe: Recipe
  /** Whether the engine would take the recipe. */
  isValid: boolean
}

/**
 * Shows a recipe's result on a stage: at once as the page renders it, and as the engine does once
 * nothing moves any more. Returns which of the two is there.
 */
export function usePreview({ stage, tape, shown, recipe, isValid }: PreviewOptions) {
  const { handle } = useProject()
  const [exactness, setExactness] = useState<'preview' | 'exact'>('preview')
  const preview = useRef<Preview | null>(null)
  useEffect(() => {
    const made = new Preview()
    preview.current = made
    return () => {
      made.dispose()
      preview.current = null
    }
  }, [])
  const { picture, frame } = shown
  useEffect(() => {
    if (picture) preview.current?.setSource(picture)
  }, [picture])
  useEffect(() => {
    if (!stage) return
    if (!picture) return stage.setPicture(null, recipe.size)
    const draw = requestAnimationFrame(() => {
      const rendered = preview.current?.render(recipe)
      if (rendered) stage.setPicture(rendered, recipe.size)
      setExactness('preview')
    })
    return () => cancelAnimationFrame(draw)
  }, [stage, picture, recipe])
  useEffect(() => {
    if (!stage || frame === null || !isValid) return
    const end = new AbortController()
    const timer = setTimeout(() => {
      const address = byteAddress.preview({ project: handle, tape, frame }, recipe, 'raw')
      loadRaw(address, end.signal).then(
        (exact) => {
          if (end.signal.aborted) return
          stage.setPicture(exact, recipe.size)
          setExactness('exact')
        },
        // The preview stays; what is wrong with the tape is said beside its own picture.
        () => {},
      )
    }, restMs)
    return () => {
      clearTimeout(timer)
      end.abort()
    }
  }, [stage, handle, tape, frame, recipe, isValid])
  return exactness
}
