/** @file The smart brush: only pixels that look like those where the stroke began. */
import { type Dab, sweep } from '../raster/brush.ts'
import { type Colour, meanColour } from '../raster/colour.ts'
import { Selection } from '../raster/selection.ts'
import { likePixels } from '../raster/smart-brush.ts'
import { dabAt } from './brush-tool.ts'
import type { Easel, Sample, Tool } from './tool.ts'

/** The colour to look for is the mean of this many pixels around the first one: noise is not a colour. */
const colourRadius = 1

interface Stroke {
  colour: Colour
  painted: Uint8Array
  at: Dab
}

export class SmartTool implements Tool {
  readonly #easel: Easel
  #stroke: Stroke | null = null
  readonly outline = null

  constructor(easel: Easel) {
    this.#easel = easel
  }

  get isOpen(): boolean {
    return this.#stroke !== null
  }

  down(at: Sample): void {
    const { picture, size } = this.#easel
    if (!picture) return
    const dab = dabAt(at, this.#easel.settings.brushSize)
    this.#stroke = {
      colour: meanColour(picture, Math.floor(at.x), Math.floor(at.y), colourRadius),
      painted: new Uint8Array(size.width * size.height),
      at: dab,
    }
    this.#paint(dab, at)
  }

  move(at: Sample): void {
    if (this.#stroke) this.#paint(dabAt(at, this.#easel.settings.brushSize), at)
  }

  up(at: Sample): void {
    if (!this.#stroke) return
    this.move(at)
    this.#stroke = null
    this.#easel.complete()
  }

  cancel(): void {
    if (!this.#stroke) return
    this.#stroke = null
    this.#easel.cancel()
  }

  #paint(to: Dab, { erase }: Sample): void {
    const { picture, size, settings } = this.#easel
    const stroke = this.#stroke
    if (!stroke || !picture) return
    const [covered, middle] = [new Selection(size), new Selection(size)]
    sweep(covered, settings.brushShape, stroke.at, to)
    sweep(middle, 'round', { ...stroke.at, radius: 0.5 }, { ...to, radius: 0.5 })
    const { colour, painted } = stroke
    const like = { picture, colour, tolerance: settings.tolerance }
    const selection = likePixels(covered, middle, painted, like)
    selection.forEachRun((from, end) => painted.fill(1, from, end))
    stroke.at = to
    this.#easel.paint(selection, this.#easel.ink(erase))
  }
}
