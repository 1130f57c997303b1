import { useEffect, useMemo } from 'react'
import type { Stage } from '../../canvas/stage.ts'
import { Overlay } from '../overlay/overlay.ts'
import { Painter } from '../paint/painter.ts'
import { PointerShapes } from '../paint/pointer-shapes.ts'
import { paintSettings } from '../session/label-session.ts'
import { ReadoutStore } from './readout.ts'

/** What works on a stage, for as long as the stage is there. */
export function useStageParts(stage: Stage | null) {
  const settings = paintSettings()
  const parts = useMemo(() => {
    if (!stage) return null
    const painter = new Painter(settings, new Overlay(stage))
    return { stage, painter, shapes: new PointerShapes(stage), readout: new ReadoutStore() }
  }, [stage, settings])
  useEffect(() => () => parts?.shapes.dispose(), [parts])
  useEffect(
    () => (parts ? settings.subscribe(() => parts.painter.takeTool()) : undefined),
    [parts, settings],
  )
  return parts
}

export type StageParts = NonNullable<ReturnType<typeof useStageParts>>
