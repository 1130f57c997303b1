/** @file The search for the circle that separates a surround from what is lit. */
import type { Size } from '../../shared/recipe.ts'
import type { Point } from '../../shared/region.ts'
import { type Circle, circleThrough, distanceTo, fitCircle } from './circle.ts'
import type { SurroundMap } from './lens-surround.ts'

/** A circle and how much of its rim the picture supports. */
export interface CircleEvidence {
  circle: Circle
  /** Share of the whole rim at which the surround is outside and not inside. */
  seen: number
  /** The same as a share of that part of the rim that lies in the picture. */
  agreement: number
}

const tries = 1500

/** Directions from the centre to the places of the rim that are looked at. */
const rimPlaces = Array.from({ length: 240 }, (_, place): Point => {
  const angle = (place / 240) * 2 * Math.PI
  return [Math.cos(angle), Math.sin(angle)]
})

/** How far inside and outside of the rim, as a share of the radius. */
const lookAside = 0.02

/** Circles that a lens may make, as shares of the picture's shorter and longer side. */
const smallestRadius = 0.25
const largestRadius = 0.9

/**
 * Finds the best supported circle on the edge of a surround, by trying circles through three of its
 * points (RANSAC, Fischler and Bolles, Communications of the ACM 24, 1981). Null when there is no
 * edge.
 */
export function findCircle(map: SurroundMap): CircleEvidence | null {
  const edge = edgePoints(map)
  if (edge.length < 3) return null
  let best: CircleEvidence | null = null
  for (let attempt = 1; attempt <= tries; attempt++) {
    const circle = circleThrough(triple(edge, attempt))
    if (!circle || !isPlausible(circle, map)) continue
    const evidence = evidenceFor(circle, map)
    if (!best || score(evidence) > score(best)) best = evidence
  }
  return best && settled(best, edge, map)
}

const score = ({ seen, agreement }: CircleEvidence): number => seen * agreement

/**
 * Three points of the edge, other ones for each attempt: multiples of irrational numbers spread
 * evenly without repeating themselves, and are the same in every run.
 */
function triple(edge: readonly Point[], attempt: number): [Point, Point, Point] {
  const pick = (step: number): Point =>
    edge[Math.floor(((attempt * step) % 1) * edge.length)] ?? [0, 0]
  return [pick(Math.SQRT2), pick(Math.sqrt(3)), pick(Math.sqrt(5))]
}

function isPlausible({ cx, cy, radius }: Circle, { width, height }: Size): boolean {
  return (
    radius >= smallestRadius * Math.min(width, height) &&
    radius <= largestRadius * Math.max(width, height) &&
    cx > 0 &&
    cy > 0 &&
    cx < width &&
    cy < height
  )
}

/** The points between a pixel of the surround and a neighbour that is none. */
function edgePoints({ data, width, height }: SurroundMap): Point[] {
  const points: Point[] = []
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const at = row * width + column
      if (column > 0 && data[at - 1] !== data[at]) points.push([column, row + 0.5])
      if (row > 0 && data[at - width] !== data[at]) points.push([column + 0.5, row])
    }
  return points
}

/** Looks a little inside and outside along the rim. */
function evidenceFor(circle: Circle, { data, width, height }: SurroundMap): CircleEvidence {
  const { cx, cy, radius } = circle
  const aside = Math.max(1.5, lookAside * radius)
  const at = (distance: number, [right, down]: Point): number | undefined => {
    const column = Math.floor(cx + distance * right)
    const row = Math.floor(cy + distance * down)
    const isInPicture = column >= 0 && row >= 0 && column < width && row < height
    return isInPicture ? data[row * width + column] : undefined
  }
  let [visible, supported] = [0, 0]
  for (const place of rimPlaces) {
    const outside = at(radius + aside, place)
    if (outside === undefined) continue
    visible++
    if (outside === 1 && at(radius - aside, place) === 0) supported++
  }
  return {
    circle,
    seen: supported / rimPlaces.length,
    agreement: visible > 0 ? supported / visible : 0,
  }
}

/** The circle fitted to all points of the edge that are near its rim. */
function settled(found: CircleEvidence, edge: readonly Point[], map: SurroundMap): CircleEvidence {
  const near = edge.filter(
    (point) => Math.abs(distanceTo(found.circle, point)) < lookAside * found.circle.radius,
  )
  const fitted = evidenceFor(fitCircle(near, found.circle), map)
  return score(fitted) >= score(found) ? fitted : found
}
