import { useAction, useHeldAction } from '../keys/use-action.ts'
import type { Stage } from './stage.ts'

/** Factor of one press of a zoom key. */
const zoomStep = 1.25

/** The keys that move the view of a stage: hold to pan, zoom in and out, show all. Of several stages one has them. */
export function useStageKeys(stage: Stage | null, enabled = true): void {
  const isEnabled = enabled && stage !== null
  const zoom = (factor: number): void => stage?.viewport.zoomTo(stage.scale * factor)
  useHeldAction('view.pan', (isHeld) => stage?.holdPan(isHeld), isEnabled)
  useAction('view.zoomIn', () => zoom(zoomStep), isEnabled)
  useAction('view.zoomOut', () => zoom(1 / zoomStep), isEnabled)
  useAction('view.fit', () => stage?.fit(), isEnabled)
}
