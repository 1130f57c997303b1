/** @file Tools that pick pixels by what is there: fill, magic wand, accept. */
import { isInside } from '../../../../shared/polygon.ts'
import { colourAt } from '../raster/colour.ts'
import { flood } from '../raster/flood.ts'
import { gridAtLeast, gridOfClass, gridOfColour, selectValue } from '../raster/grid.ts'
import { wholeOf } from '../raster/rect.ts'
import { filterSelection, Selection } from '../raster/selection.ts'
import { polygonSelection } from '../raster/shapes.ts'
import type { Easel, Sample, Tool } from './tool.ts'

/** The pixel under a sample; null outside the picture. */
function offsetOf({ size }: Easel, { x, y }: Sample): number | null {
  const [column, row] = [Math.floor(x), Math.floor(y)]
  const isThere = column >= 0 && row >= 0 && column < size.width && row < size.height
  return isThere ? row * size.width + column : null
}

/** A tool that does all it does at a click. */
export class ClickTool implements Tool {
  readonly #easel: Easel
  readonly #pick: (easel: Easel, offset: number, at: Sample) => Selection
  readonly isOpen = false
  readonly outline = null

  constructor(easel: Easel, pick: (easel: Easel, offset: number, at: Sample) => Selection) {
    this.#easel = easel
    this.#pick = pick
  }

  down(at: Sample): void {
    const offset = offsetOf(this.#easel, at)
    if (offset === null) return
    this.#easel.paint(this.#pick(this.#easel, offset, at), this.#easel.ink(at.erase))
    this.#easel.complete()
  }

  move(): void {}
  up(): void {}
  cancel(): void {}
}

/** All that hangs together with a pixel and is of its class, or of a colour near its own. */
export function pickFill({ size, pixels, picture, settings }: Easel, offset: number): Selection {
  if (settings.fillBy === 'colour' && picture)
    return flood(size, offset, gridOfColour(picture, colourAt(picture, offset), settings.tolerance))
  return flood(size, offset, gridOfClass({ data: pixels }, pixels[offset] ?? 0))
}

/** A part of what is proposed, or all of it in the regions that hold the pixel. */
export function pickProposed(easel: Easel, offset: number, at: Sample): Selection {
  const { proposal, size, settings, regions } = easel
  if (!proposal) return new Selection(size)
  const isProposed = (i: number): boolean => (proposal.map[i] ?? 0) >= proposal.cut
  if (settings.acceptBy === 'part')
    return flood(size, offset, gridAtLeast(proposal.map, proposal.cut))
  const selection = new Selection(size)
  for (const points of regions)
    if (isInside(points, [at.x, at.y]))
      selection.addAll(filterSelection(polygonSelection(points, size), isProposed))
  return selection
}

/** All that is proposed. */
export function pickAllProposed(size: Easel['size'], { map, cut }: NonNullable<Easel['proposal']>) {
  return selectValue(size, wholeOf(size), gridAtLeast(map, cut))
}

/** Picture pixels on the screen that a drag goes for one more step of tolerance. */
const pxPerTolerance = 3

/** Pixels of a colour like the one under the click; dragging right or left takes more or fewer. */
export class WandTool implements Tool {
  readonly #easel: Easel
  #start: { at: Sample; offset: number; tolerance: number } | null = null
  readonly outline = null

  constructor(easel: Easel) {
    this.#easel = easel
  }

  get isOpen(): boolean {
    return this.#start !== null
  }

  down(at: Sample): void {
    const offset = offsetOf(this.#easel, at)
    if (offset === null || !this.#easel.picture) return
    this.#start = { at, offset, tolerance: this.#easel.settings.tolerance }
    this.#select(at)
  }

  move(at: Sample): void {
    if (!this.#start) return
    const dragged = ((at.x - this.#start.at.x) * at.scale) / pxPerTolerance
    const tolerance = Math.min(
      255,
      Math.max(0, this.#easel.settings.tolerance + Math.round(dragged)),
    )
    if (tolerance === this.#start.tolerance) return
    this.#start.tolerance = tolerance
    this.#easel.rewind()
    this.#select(at)
  }

  up(): void {
    if (!this.#start) return
    this.#start = null
    this.#easel.complete()
  }

  cancel(): void {
    if (!this.#start) return
    this.#start = null
    this.#easel.cancel()
  }

  #select({ erase }: Sample): void {
    const { picture, size, settings } = this.#easel
    if (!this.#start || !picture) return
    const { offset, tolerance } = this.#start
    const alike = gridOfColour(picture, colourAt(picture, offset), tolerance)
    const selection = settings.connected
      ? flood(size, offset, alike)
      : selectValue(size, wholeOf(size), alike)
    this.#easel.paint(selection, this.#easel.ink(erase))
  }
}
