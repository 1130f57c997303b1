/** @file The polygon: a corner a click; Enter, a double click or the first corner close it. */
import type { Point } from '../../../../shared/region.ts'
import { polygonSelection } from '../raster/shapes.ts'
import type { Easel, Outline, Sample, Tool } from './tool.ts'

/** CSS pixels within which a click means a corner. */
const nearPx = 8
const fewestCorners = 3

export class PolygonTool implements Tool {
  readonly #easel: Easel
  #points: Point[] = []
  #pointer: Point | null = null
  #erase = false

  constructor(easel: Easel) {
    this.#easel = easel
  }

  get isOpen(): boolean {
    return this.#points.length > 0
  }

  get outline(): Outline | null {
    if (!this.isOpen) return null
    const pointer = this.#pointer ? [this.#pointer] : []
    return { points: [...this.#points, ...pointer], closed: false, corners: true }
  }

  down(at: Sample): void {
    this.#erase = at.erase
    const point: Point = [at.x, at.y]
    const first = this.#points[0]
    const last = this.#points.at(-1)
    const isLast = last !== undefined && isNear(last, point, at.scale)
    const isFirst = first !== undefined && isNear(first, point, at.scale)
    if (this.#points.length >= fewestCorners && (isFirst || isLast)) this.close()
    else if (!isLast) this.#points.push(point)
  }

  move(at: Sample): void {
    this.hover(at)
  }

  up(): void {}

  hover(at: Sample): void {
    this.#pointer = [at.x, at.y]
  }

  close(): void {
    const points = this.#points
    this.cancel()
    if (points.length < fewestCorners) return
    this.#easel.paint(polygonSelection(points, this.#easel.size), this.#easel.ink(this.#erase))
    this.#easel.complete()
  }

  back(): void {
    this.#points.pop()
  }

  cancel(): void {
    this.#points = []
    this.#pointer = null
  }
}

function isNear([x1, y1]: Point, [x2, y2]: Point, scale: number): boolean {
  return Math.hypot(x1 - x2, y1 - y2) * scale <= nearPx
}
