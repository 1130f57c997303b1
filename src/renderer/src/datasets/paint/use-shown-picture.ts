import { useCallback, useEffect, useRef, useState } from 'react'
import { type AppError, toAppError } from '../../../../shared/errors.ts'
import type { StageParts } from '../../annotate/screen/use-stage-parts.ts'
import type { LabelSession } from '../../annotate/session/label-session.ts'
import { useProject } from '../../state/project-context.tsx'
import { loadSetPicture, type SetPicture } from './load-picture.ts'

interface ShownPictureOptions {
  session: LabelSession
  parts: StageParts | null
  set: number
  position: number
}

export interface ShownPicture {
  /** The one before stays until the next is decoded. */
  shown: SetPicture | null
  isLoading: boolean
  error: AppError | null
  tryAgain: () => void
}

/** Makes a version of what was painted in a picture once it is left. */
function useFold(session: LabelSession, set: number) {
  const { client, handle } = useProject()
  const latest = useRef({ client, handle })
  latest.current = { client, handle }
  return useCallback(
    async ({ document, bitmap }: SetPicture): Promise<void> => {
      bitmap?.close()
      if (!document.isTouched) return
      await session.journal.settled(document.place)
      const { frame: position } = document.place
      const project = latest.current.handle
      // The strokes are on the disk already: the engine folds them before it uses the mask.
      await latest.current.client.call('datasets.fold', { project, set, position }).catch(() => {})
    },
    [session, set],
  )
}

/** Brings a picture of a set and its mask to the stage. */
export function useShownPicture({ session, parts, set, position }: ShownPictureOptions) {
  const { client, handle } = useProject()
  const [shown, setShown] = useState<SetPicture | null>(null)
  const [error, setError] = useState<AppError | null>(null)
  const [attempt, setAttempt] = useState(0)
  const fold = useFold(session, set)
  const current = useRef<SetPicture | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is another load.
  useEffect(() => {
    if (!parts) return
    const { stage, painter } = parts
    const giveUp = new AbortController()
    const { signal } = giveUp
    const load = async (): Promise<void> => {
      const positions = [position]
      const [image] = await client.call('datasets.images', { project: handle, set, positions })
      if (!image || signal.aborted) return
      const next = await loadSetPicture(session, { project: handle, set, position }, image, signal)
      if (signal.aborted) {
        next.bitmap?.close()
        return
      }
      const before = current.current
      current.current = next
      stage.setPicture(next.bitmap, image)
      painter.show(next.document, next.picture)
      setError(null)
      setShown(next)
      if (before) void fold(before)
    }
    load().catch((reason) => {
      if (!signal.aborted) setError(toAppError(reason))
    })
    return () => giveUp.abort()
  }, [session, parts, set, position, attempt])
  useEffect(
    () => () => {
      parts?.painter.show(null, null)
      if (current.current) void fold(current.current)
      current.current = null
    },
    [parts, fold],
  )
  const isLoading = shown?.image.position !== position && !error
  const tryAgain = (): void => setAttempt((before) => before + 1)
  return { shown, isLoading, error, tryAgain } satisfies ShownPicture
}
