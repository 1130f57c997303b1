/** @file What is under the cursor: coordinates, colour and class. */
import { Store } from '../../state/store.ts'
import type { Painter } from '../paint/painter.ts'
import { type Colour, colourAt } from '../raster/colour.ts'

export interface Readout {
  x: number
  y: number
  /** Null while the frame's colours are not there. */
  colour: Colour | null
  classIndex: number
}

/** Null while the cursor is not on the picture. */
export class ReadoutStore extends Store<Readout | null> {
  constructor() {
    super(null)
  }

  show(painter: Painter, at: { x: number; y: number } | null): void {
    const next = at && readoutAt(painter, Math.floor(at.x), Math.floor(at.y))
    if (next !== null || this.get() !== null) this.set(next)
  }
}

function readoutAt({ document, picture }: Painter, x: number, y: number): Readout | null {
  if (!document) return null
  const { width, height, data } = document.mask
  if (x < 0 || y < 0 || x >= width || y >= height) return null
  const offset = y * width + x
  return { x, y, colour: picture && colourAt(picture, offset), classIndex: data[offset] ?? 0 }
}
