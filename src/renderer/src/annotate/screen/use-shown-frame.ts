/** @file Bringing a frame to the stage: the old one stays until the new one is decoded. */
import { useEffect, useState } from 'react'
import { type AppError, toAppError } from '../../../../shared/errors.ts'
import type { Size } from '../../../../shared/recipe.ts'
import type { Stage } from '../../canvas/stage.ts'
import { isSamePlace } from '../journal/frame-place.ts'
import type { Painter } from '../paint/painter.ts'
import type { LabelSession, Shown } from '../session/label-session.ts'

interface ShownFrameOptions {
  session: LabelSession
  stage: Stage | null
  painter: Painter | null
  tape: number
  /** Frames of the tape. */
  frames: number
  frame: number
  /** Of the recipe. */
  size: Size
  /** Hash of the recipe: another one is another picture. */
  geometry: string
  /** Goes up when a failure is to be tried again. */
  attempt: number
}

export interface ShownFrame {
  shown: Shown | null
  /** Whether the frame that is asked for is still on its way. */
  isLoading: boolean
  error: AppError | null
}

export function useShownFrame(options: ShownFrameOptions): ShownFrame {
  const { session, stage, painter, tape, frames, frame, geometry, size, attempt } = options
  const [shown, setShown] = useState<Shown | null>(null)
  const [error, setError] = useState<AppError | null>(null)
  const { width, height } = size
  useEffect(() => stage?.setPicture(null, { width, height }), [stage, width, height])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is another load.
  useEffect(() => {
    if (!stage || !painter) return
    const place = { tape, frame, geometry }
    let isWanted = true
    const show = (next: Shown): void => {
      if (!isWanted) return
      const { picture, document } = next
      session.take(next)
      stage.setPicture(picture.bitmap, picture)
      painter.show(document, picture)
      setError(null)
      setShown(next)
      session.prefetch(place, frames)
    }
    const there = session.peek(place)
    if (there) show(there)
    else
      session.load(place).then(show, (reason) => {
        if (isWanted) setError(toAppError(reason))
      })
    return () => {
      isWanted = false
    }
  }, [session, stage, painter, tape, frames, frame, geometry, attempt])
  useEffect(
    () => () => {
      painter?.show(null, null)
      session.take(null)
    },
    [session, painter],
  )
  const isLoading = !shown || !isSamePlace(shown.place, { tape, frame })
  return { shown, isLoading: isLoading && !error, error }
}
