import { useAction, useHeldAction } from '../keys/use-action.ts'
import type { Stage } from './stage.ts'

/** Factor of one press of a zoom key. */
const zoomStep = 1.25

/** The keys that move the view of a stage: hold to pan, zoom in and out, show all. */
export function useStageKeys(stage: Stage | null): void {
  const zoom = (factor: number): void => stage?.viewport.zoomTo(stage.scale * factor)
  useHeldAction('view.pan', (isHeld) => stage?.holdPan(isHeld), stage !== null)
  useAction('view.zoomIn', () => zoom(zoomStep), stage !== null)
  useAction('view.zoomOut', () => zoom(1 / zoomStep), stage !== null)
  useAction('view.fit', () => stage?.fit(), stage !== null)
}
