/** @file What the DOM says of a pointer, as tools want it. */
import type { Sample } from '../tools/tool.ts'

interface Position {
  x: number
  y: number
}

export interface SampleOptions {
  scale: number
  /** Whether a pen's pressure sets the size. */
  usePressure: boolean
  isErasing: boolean
}

/** Bit of a pen's eraser end in `buttons` (Pointer Events, 5.1.1.1). */
const eraserButton = 32

export function sampleOf(
  { x, y }: Position,
  event: PointerEvent,
  { scale, usePressure, isErasing }: SampleOptions,
): Sample {
  return {
    ...{ x, y, scale },
    pressure: usePressure && event.pointerType === 'pen' ? event.pressure : null,
    shift: event.shiftKey,
    erase: isErasing || event.altKey || (event.buttons & eraserButton) !== 0,
  }
}
