/** @file A stroke on its way to the disk, as small as it can be made while it waits. */
import type { Stroke } from '../../../../shared/stroke.ts'
import { type PackedPixels, packPixels } from '../history/runs.ts'
import type { FramePlace } from './frame-place.ts'

/** A frame, and the recipe that was seen while it was painted: in another one the pixels are others. */
export interface PaintedPlace extends FramePlace {
  /** Hash of the recipe. */
  geometry?: string
}

type Rectangle = Omit<Stroke, 'data'>

export class WaitingStroke {
  readonly place: PaintedPlace
  readonly number: number
  attempts = 0
  readonly #rectangle: Rectangle
  #pixels: Uint8Array | PackedPixels

  constructor(place: PaintedPlace, { data, ...rectangle }: Stroke, number: number) {
    this.place = place
    this.number = number
    this.#rectangle = rectangle
    this.#pixels = data
  }

  /** What the mask takes that it was painted on. */
  get maskBytes(): number {
    return this.#rectangle.mask.width * this.#rectangle.mask.height
  }

  /** What its pixels take in memory. */
  get bytes(): number {
    return this.#pixels instanceof Uint8Array ? this.#pixels.length : this.#pixels.bytes
  }

  get stroke(): Stroke {
    const data = this.#pixels instanceof Uint8Array ? this.#pixels : this.#pixels.unpack()
    return { ...this.#rectangle, data }
  }

  /** Makes it small. Returns by how many bytes it has grown: less than 0. */
  pack(): number {
    const before = this.bytes
    if (this.#pixels instanceof Uint8Array) this.#pixels = packPixels(this.#pixels)
    return this.bytes - before
  }
}
