/** @file Circles from points. */
import type { Point } from '../../shared/region.ts'
import { leastSquares } from './least-squares.ts'

export interface Circle {
  cx: number
  cy: number
  radius: number
}

/** How far a point is outside the circle; negative inside. */
export function distanceTo({ cx, cy, radius }: Circle, [x, y]: Point): number {
  return Math.hypot(x - cx, y - cy) - radius
}

/**
 * The circle through three points, from 2·cx·x + 2·cy·y + c = x² + y². Points in line give null or a
 * circle beyond all measure.
 */
export function circleThrough(points: readonly [Point, Point, Point]): Circle | null {
  const [[originX, originY]] = points
  const moved = points.map(([x, y]): Point => [x - originX, y - originY])
  const [cx = 0, cy = 0, rest = 0] = leastSquares(
    moved.map(([x, y]) => [2 * x, 2 * y, 1]),
    moved.map(([x, y]) => x * x + y * y),
  )
  const radius = Math.sqrt(rest + cx * cx + cy * cy)
  return radius > 0 && Number.isFinite(radius)
    ? { cx: originX + cx, cy: originY + cy, radius }
    : null
}

const fittingRounds = 6

/** Points this far off are kept in any case: edges cannot be found more exactly. */
const smallestErrorPx = 0.5

/**
 * Fits a circle to points by least squares of their distances, from a circle nearby. In each round
 * points that are off by more than three times the median are left out.
 */
export function fitCircle(points: readonly Point[], start: Circle): Circle {
  let circle = start
  for (let round = 0; round < fittingRounds; round++) {
    const errors = points.map((point) => Math.abs(distanceTo(circle, point)))
    const median = errors.toSorted((a, b) => a - b)[Math.floor(errors.length / 2)] ?? 0
    const limit = Math.max(smallestErrorPx, 3 * median)
    circle = step(
      circle,
      points.filter((_, i) => (errors[i] ?? 0) <= limit),
    )
  }
  return circle
}

/** A Gauss-Newton step: a point's distance falls as centre and radius move towards it. */
function step(circle: Circle, points: readonly Point[]): Circle {
  const { cx, cy, radius } = circle
  const rows = points.map(([x, y]) => {
    const distance = Math.hypot(x - cx, y - cy)
    return [(x - cx) / distance, (y - cy) / distance, 1]
  })
  const [right = 0, down = 0, wider = 0] = leastSquares(
    rows,
    points.map((point) => distanceTo(circle, point)),
  )
  return { cx: cx + right, cy: cy + down, radius: radius + wider }
}
