/** @file The pointer on the stage, as the painter's tool feels it. */
import { useEffect } from 'react'
import type { Position, Stage } from '../../canvas/stage.ts'
import { useStore } from '../../state/use-store.ts'
import type { Painter } from '../paint/painter.ts'
import { sampleOf } from '../paint/pointer-sample.ts'
import type { PointerShapes } from '../paint/pointer-shapes.ts'
import type { PaintSettingsStore } from '../paint/settings.ts'
import { notchesOf, resized } from '../paint/wheel.ts'
import { dabAt } from '../tools/brush-tool.ts'
import type { Sample } from '../tools/tool.ts'
import { hasRing } from '../tools/tools.ts'
import type { ReadoutStore } from './readout.ts'

interface PointerOptions {
  stage: Stage
  painter: Painter
  settings: PaintSettingsStore
  readout: ReadoutStore
  usePressure: boolean
}

/** A ring smaller than this on the screen is hard to see: the pointer then keeps its cross. */
const smallestRingPx = 8

/** Listens to the stage for the painter; returns the function that ends it. */
export function listenForPainter(options: PointerOptions, shapes: PointerShapes): () => void {
  const { stage, painter, settings, readout, usePressure } = options
  const sample = (at: Position, event: PointerEvent): Sample =>
    sampleOf(at, event, { scale: stage.scale, usePressure, isErasing: painter.isErasing })
  const follow = (at: Sample | null): void => {
    const { tool, eraserShape, brushShape } = settings.get()
    const isRing = at !== null && hasRing(tool)
    const size = isRing ? 2 * dabAt(at, settings.size).radius : 0
    const shape = tool === 'eraser' ? eraserShape : brushShape
    shapes.setRing(isRing ? { x: at.x, y: at.y, size, shape } : null)
    stage.setCursor(isRing && size * stage.scale >= smallestRingPx ? 'none' : 'crosshair')
    readout.show(painter, at)
  }
  const stopPointer = stage.onPointer({
    down(at, event) {
      const here = sample(at, event)
      painter.down(here)
      follow(here)
    },
    move(at, event) {
      // All places between two frames: a fast stroke stays a curve.
      const between = event.getCoalescedEvents()
      for (const part of between) painter.move(sample(stage.toPicture(part), part))
      const here = sample(at, event)
      if (between.length === 0) painter.move(here)
      follow(here)
    },
    up(at, event) {
      painter.up(sample(at, event))
      follow(event.pointerType === 'touch' ? null : sample(at, event))
    },
    cancel: () => painter.cancel(),
    hover(at, event) {
      const here = at && event ? sample(at, event) : null
      if (here) painter.hover(here)
      follow(here)
    },
  })
  const onWheel = (event: WheelEvent): void => {
    if (!event.altKey && !event.shiftKey) return
    event.preventDefault()
    const notches = notchesOf(event)
    if (event.altKey) settings.resize(resized(settings.size, notches))
    else {
      const opacity = Math.round(settings.get().opacity + 5 * notches)
      settings.change({ opacity: Math.min(100, Math.max(10, opacity)) })
    }
    if (hasRing(settings.get().tool)) follow(sample(stage.toPicture(event), pointerAt(event)))
  }
  stage.host.addEventListener('wheel', onWheel, { passive: false })
  return () => {
    stopPointer()
    stage.host.removeEventListener('wheel', onWheel)
    readout.show(painter, null)
  }
}

/** The wheel's event with what a pointer's has in addition. */
function pointerAt(event: WheelEvent): PointerEvent {
  return new PointerEvent('pointermove', {
    clientX: event.clientX,
    clientY: event.clientY,
    pointerType: 'mouse',
  })
}

/** Wires pointer, wheel and what follows the pointer to the painter. */
export function usePainterPointer(options: PointerOptions & { shapes: PointerShapes }): void {
  const { stage, painter, settings, readout, usePressure, shapes } = options
  const { outline } = useStore(painter)
  const { tool } = useStore(settings)
  useEffect(
    () => listenForPainter({ stage, painter, settings, readout, usePressure }, shapes),
    [stage, painter, settings, readout, usePressure, shapes],
  )
  useEffect(() => shapes.setOutline(outline), [shapes, outline])
  useEffect(() => {
    stage.setCursor('crosshair')
    if (!hasRing(tool)) shapes.setRing(null)
  }, [stage, shapes, tool])
}
