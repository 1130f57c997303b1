/**
 * @file What a brush covers on its way from one place to the next: the convex hull of its outlines at
 * both ends, so that a fast stroke has no gaps. A pixel is covered when its centre is.
 */
import type { Selection } from './selection.ts'

export type BrushShape = 'round' | 'square'

/** A brush somewhere, in picture pixels; `radius` is half its size. */
export interface Dab {
  x: number
  y: number
  radius: number
}

type Segment = readonly [x1: number, y1: number, x2: number, y2: number]

/** Below this size a brush can lie between pixel centres and cover none: it is then a line of pixels. */
const thinnestRadius = 0.75

/** Half the width of a brush at a height above its middle; negative where it does not reach. */
const halfWidths: Readonly<Record<BrushShape, (radius: number, dy: number) => number>> = {
  round: (radius, dy) => (Math.abs(dy) > radius ? -1 : Math.sqrt(radius * radius - dy * dy)),
  square: (radius, dy) => (Math.abs(dy) > radius ? -1 : radius),
}

/** Segments that, with the two outlines, bound the hull. */
const joins: Readonly<Record<BrushShape, (from: Dab, to: Dab) => Segment[]>> = {
  round: joinsOfCircles,
  square: (from, to) =>
    [
      [-1, -1],
      [1, -1],
      [-1, 1],
      [1, 1],
    ].map(([sx = 0, sy = 0]) => [
      from.x + sx * from.radius,
      from.y + sy * from.radius,
      to.x + sx * to.radius,
      to.y + sy * to.radius,
    ]),
}

/** The outer tangents of two circles; none where one lies inside the other. */
function joinsOfCircles(from: Dab, to: Dab): Segment[] {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const distance = Math.hypot(dx, dy)
  if (distance <= Math.abs(from.radius - to.radius)) return []
  const [ux, uy] = [dx / distance, dy / distance]
  const cosine = (from.radius - to.radius) / distance
  const sine = Math.sqrt(1 - cosine * cosine)
  return [1, -1].map((side) => {
    const nx = ux * cosine - side * uy * sine
    const ny = uy * cosine + side * ux * sine
    return [
      from.x + from.radius * nx,
      from.y + from.radius * ny,
      to.x + to.radius * nx,
      to.y + to.radius * ny,
    ]
  })
}

/** Adds what a brush covers between two places (a dab where they are one). */
export function sweep(into: Selection, shape: BrushShape, from: Dab, to: Dab): void {
  if (Math.max(from.radius, to.radius) < thinnestRadius) addLine(into, from, to)
  else addHull(into, shape, from, to)
}

function addHull(into: Selection, shape: BrushShape, from: Dab, to: Dab): void {
  const halfWidth = halfWidths[shape]
  const segments = joins[shape](from, to)
  const top = Math.max(0, Math.ceil(Math.min(from.y - from.radius, to.y - to.radius) - 0.5))
  const bottom = Math.min(
    into.height - 1,
    Math.floor(Math.max(from.y + from.radius, to.y + to.radius) - 0.5),
  )
  for (let row = top; row <= bottom; row++) {
    const y = row + 0.5
    let left = Number.POSITIVE_INFINITY
    let right = Number.NEGATIVE_INFINITY
    for (const dab of [from, to]) {
      const half = halfWidth(dab.radius, y - dab.y)
      if (half < 0) continue
      left = Math.min(left, dab.x - half)
      right = Math.max(right, dab.x + half)
    }
    for (const [x1, y1, x2, y2] of segments) {
      if (y < Math.min(y1, y2) || y > Math.max(y1, y2) || y1 === y2) continue
      const x = x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)
      left = Math.min(left, x)
      right = Math.max(right, x)
    }
    if (left <= right) into.add(row, Math.ceil(left - 0.5), Math.floor(right - 0.5) + 1)
  }
}

/** A line one pixel wide, without gaps and without corners (Bresenham's, in steps of the longer side). */
function addLine(into: Selection, from: Dab, to: Dab): void {
  const [x1, y1] = [Math.floor(from.x), Math.floor(from.y)]
  const [x2, y2] = [Math.floor(to.x), Math.floor(to.y)]
  const steps = Math.max(Math.abs(x2 - x1), Math.abs(y2 - y1), 1)
  for (let i = 0; i <= steps; i++) {
    const x = Math.round(x1 + ((x2 - x1) * i) / steps)
    into.add(Math.round(y1 + ((y2 - y1) * i) / steps), x, x + 1)
  }
}
