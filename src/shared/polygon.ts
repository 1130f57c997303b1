/** @file Questions about polygons. */
import type { Point } from './region.ts'

/** Whether a point lies in a polygon, by the even-odd rule. */
export function isInside(points: readonly Point[], [x, y]: Point): boolean {
  return points.reduce((inside, [endX, endY], i) => {
    const [startX, startY] = points.at(i - 1) ?? [endX, endY]
    if (startY > y === endY > y) return inside
    const crossing = startX + ((y - startY) / (endY - startY)) * (endX - startX)
    return crossing > x ? !inside : inside
  }, false)
}

/**
 * The starting points of the first two edges that have more in common than the corner that
 * neighbours share; null for a simple polygon. No two successive points may be equal.
 */
export function meetingEdges(points: readonly Point[]): [Point, Point] | null {
  const corner = (n: number): Point => points[n % points.length] ?? [0, 0]
  for (let i = 0; i < points.length; i++)
    for (let j = i + 1; j < points.length; j++) {
      const [a, b, c, d] = [corner(i), corner(i + 1), corner(j), corner(j + 1)]
      const isNext = j === i + 1
      const isPrevious = (j + 1) % points.length === i
      const meet =
        (isNext && foldsBack(a, b, d)) ||
        (isPrevious && foldsBack(c, a, b)) ||
        (!isNext && !isPrevious && segmentsMeet(a, b, c, d))
      if (meet) return [a, c]
    }
  return null
}

/** On which side of the line from a to b the point c lies: 1, -1, or 0 on the line. */
function side(a: Point, b: Point, c: Point): number {
  return Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))
}

/** Whether the way from `before` over `corner` to `after` returns on itself. */
function foldsBack(before: Point, corner: Point, after: Point): boolean {
  const along =
    (corner[0] - before[0]) * (after[0] - corner[0]) +
    (corner[1] - before[1]) * (after[1] - corner[1])
  return side(before, corner, after) === 0 && along < 0
}

function segmentsMeet(a: Point, b: Point, c: Point, d: Point): boolean {
  if (side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b)) return true
  return isOnSegment(a, b, c) || isOnSegment(a, b, d) || isOnSegment(c, d, a)
}

function isOnSegment(a: Point, b: Point, c: Point): boolean {
  const isBetween = (start: number, end: number, at: number): boolean =>
    Math.min(start, end) <= at && at <= Math.max(start, end)
  return side(a, b, c) === 0 && isBetween(a[0], b[0], c[0]) && isBetween(a[1], b[1], c[1])
}
