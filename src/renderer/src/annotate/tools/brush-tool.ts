/** @file Brush, eraser and ignore brush: a dab at a click, a band along a drag, a line with Shift. */
import { ignoreIndex } from '../../../../shared/mask.ts'
import { type Dab, sweep } from '../raster/brush.ts'
import { inkOf } from '../raster/ink.ts'
import { Selection } from '../raster/selection.ts'
import type { Easel, Sample, Tool } from './tool.ts'

/** The lightest touch of a pen still paints this share of the brush's size. */
const leastPressure = 0.1

/** The brush as it lies under a sample. */
export function dabAt(at: Sample, size: number): Dab {
  const share = at.pressure === null ? 1 : Math.max(leastPressure, at.pressure)
  return { x: at.x, y: at.y, radius: Math.max(0.5, (size * share) / 2) }
}

export class BrushTool implements Tool {
  readonly #easel: Easel
  readonly #kind: 'brush' | 'eraser' | 'ignore'
  /** Where the brush last was in the stroke under way. */
  #at: Dab | null = null
  /** End of the last stroke, from which Shift draws a line. */
  #last: Dab | null = null
  readonly outline = null

  constructor(easel: Easel, kind: 'brush' | 'eraser' | 'ignore') {
    this.#easel = easel
    this.#kind = kind
  }

  get isOpen(): boolean {
    return this.#at !== null
  }

  down(at: Sample): void {
    const dab = this.#dab(at)
    this.#sweep(at.shift && this.#last ? { ...this.#last, radius: dab.radius } : dab, dab, at)
  }

  move(at: Sample): void {
    if (this.#at) this.#sweep(this.#at, this.#dab(at), at)
  }

  up(at: Sample): void {
    if (!this.#at) return
    this.move(at)
    this.#last = this.#at
    this.#at = null
    this.#easel.complete()
  }

  cancel(): void {
    if (!this.#at) return
    this.#at = null
    this.#easel.cancel()
  }

  #dab(at: Sample): Dab {
    const { eraserSize, brushSize } = this.#easel.settings
    return dabAt(at, this.#kind === 'eraser' ? eraserSize : brushSize)
  }

  #sweep(from: Dab, to: Dab, { erase }: Sample): void {
    const { eraserShape, brushShape, mode, locked } = this.#easel.settings
    const selection = new Selection(this.#easel.size)
    sweep(selection, this.#kind === 'eraser' ? eraserShape : brushShape, from, to)
    const ignores = this.#kind === 'ignore' && !erase
    const ink = ignores
      ? inkOf(ignoreIndex, { mode, locked: new Set(locked) })
      : this.#easel.ink(erase || this.#kind === 'eraser')
    this.#easel.paint(selection, ink)
    this.#at = to
  }
}
