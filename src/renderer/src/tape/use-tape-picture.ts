import { useEffect, useMemo } from 'react'
import { loadRaw } from '../canvas/raw-picture.ts'
import { useProject } from '../state/project-context.tsx'
import { useStore } from '../state/use-store.ts'
import { type ShownPicture, TapePicture } from './tape-picture.ts'

/**
 * The picture of a frame; while it is loaded, the one before. `version` is anything that makes the
 * pictures others, such as the recipe's hash.
 */
export function useTapePicture(
  tape: number,
  frame: number,
  through: 'tape' | 'recipe',
  version = '',
): { shown: ShownPicture; store: TapePicture } {
  const { handle, times, state } = useProject()
  const isMissing = state.tapes.find(({ id }) => id === tape)?.missing
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version is another picture.
  const store = useMemo(
    () => new TapePicture({ project: handle, tape }, through, loadRaw),
    [handle, tape, through, version],
  )
  useEffect(() => store.want(frame), [store, frame])
  // biome-ignore lint/correctness/useExhaustiveDependencies: an open project and a tape that is found give more.
  useEffect(() => store.retry(), [store, times, isMissing])
  useEffect(() => () => store.giveUp(), [store])
  return { shown: useStore(store), store }
}
