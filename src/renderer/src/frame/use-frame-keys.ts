import { useAction } from '../keys/use-action.ts'
import { useFrameCursor } from '../state/frame-cursor.ts'
import { useProject } from '../state/project-context.tsx'

const many = 10

/** The keys that move the frame cursor, on every screen that shows a frame. */
export function useFrameKeys(enabled: boolean): void {
  const { state } = useProject()
  const { tape, frame, go, step } = useFrameCursor()
  const isEnabled = enabled && tape !== null
  const labelled = (): number[] =>
    state.frames
      .filter((known) => known.tape === tape?.id && known.label !== 'none')
      .map((known) => known.frame)
      .sort((a, b) => a - b)
  const goIfThere = (target: number | undefined): void => {
    if (target !== undefined) go(target)
  }
  useAction('frame.next', () => step(1), isEnabled)
  useAction('frame.previous', () => step(-1), isEnabled)
  useAction('frame.forward', () => step(many), isEnabled)
  useAction('frame.back', () => step(-many), isEnabled)
  useAction('frame.first', () => go(0), isEnabled)
  useAction('frame.last', () => go(Number.MAX_SAFE_INTEGER), isEnabled)
  useAction('frame.nextLabelled', () => goIfThere(labelled().find((n) => n > frame)), isEnabled)
  useAction(
    'frame.previousLabelled',
    () => goIfThere(labelled().findLast((n) => n < frame)),
    isEnabled,
  )
}
