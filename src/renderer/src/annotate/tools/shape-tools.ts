/** @file Shapes that a drag draws: lasso, rectangle, ellipse. */
import type { Size } from '../../../../shared/recipe.ts'
import type { Point } from '../../../../shared/region.ts'
import type { Selection } from '../raster/selection.ts'
import { ellipseSelection, polygonSelection, rectangleSelection } from '../raster/shapes.ts'
import type { Easel, Outline, Sample, Tool } from './tool.ts'

/** A shape between where a drag began and where it is. */
export interface DragShape {
  /** The points that describe it, of all places where the pointer was. */
  points(way: readonly Point[], even: boolean): readonly Point[]
  select(points: readonly Point[], size: Size): Selection
  outline(points: readonly Point[]): readonly Point[]
}

const ellipseCorners = 72
const nowhere: Point = [0, 0]

/** First and last place; with `even` both sides are as long as the longer one. */
function corners(way: readonly Point[], even: boolean): readonly Point[] {
  const [first, last] = [way[0] ?? nowhere, way.at(-1) ?? nowhere]
  if (!even) return [first, last]
  const side = Math.max(Math.abs(last[0] - first[0]), Math.abs(last[1] - first[1]))
  const towards = (axis: 0 | 1): number => (last[axis] < first[axis] ? -side : side)
  return [first, [first[0] + towards(0), first[1] + towards(1)]]
}

const pair = (points: readonly Point[]): [Point, Point] => [
  points[0] ?? nowhere,
  points[1] ?? nowhere,
]

export const dragShapes = {
  lasso: {
    points: (way) => way,
    select: polygonSelection,
    outline: (points) => points,
  },
  rectangle: {
    points: corners,
    select: (points, size) => rectangleSelection(...pair(points), size),
    outline: (points) => {
      const [[x1, y1], [x2, y2]] = pair(points)
      const [left, top] = [Math.floor(Math.min(x1, x2)), Math.floor(Math.min(y1, y2))]
      const [right, bottom] = [Math.ceil(Math.max(x1, x2)), Math.ceil(Math.max(y1, y2))]
      return [
        [left, top],
        [right, top],
        [right, bottom],
        [left, bottom],
      ]
    },
  },
  ellipse: {
    points: corners,
    select: (points, size) => ellipseSelection(...pair(points), size),
    outline: (points) => {
      const [[x1, y1], [x2, y2]] = pair(points)
      return Array.from({ length: ellipseCorners }, (_, i): Point => {
        const angle = (2 * Math.PI * i) / ellipseCorners
        return [
          (x1 + x2) / 2 + (Math.abs(x2 - x1) / 2) * Math.cos(angle),
          (y1 + y2) / 2 + (Math.abs(y2 - y1) / 2) * Math.sin(angle),
        ]
      })
    },
  },
} as const satisfies Record<string, DragShape>

export class DragTool implements Tool {
  readonly #easel: Easel
  readonly #shape: DragShape
  #way: Point[] = []
  #even = false

  constructor(easel: Easel, shape: DragShape) {
    this.#easel = easel
    this.#shape = shape
  }

  get isOpen(): boolean {
    return this.#way.length > 0
  }

  get outline(): Outline | null {
    if (!this.isOpen) return null
    const points = this.#shape.points(this.#way, this.#even)
    return { points: this.#shape.outline(points), closed: true, corners: false }
  }

  down(at: Sample): void {
    this.#way = [[at.x, at.y]]
    this.#even = at.shift
  }

  move(at: Sample): void {
    if (!this.isOpen) return
    this.#way.push([at.x, at.y])
    this.#even = at.shift
  }

  up(at: Sample): void {
    if (!this.isOpen) return
    this.move(at)
    const { size } = this.#easel
    const points = this.#shape.points(this.#way, this.#even)
    this.#way = []
    this.#easel.paint(this.#shape.select(points, size), this.#easel.ink(at.erase))
    this.#easel.complete()
  }

  cancel(): void {
    this.#way = []
  }
}
