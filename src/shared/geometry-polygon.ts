/** @file Polygons from the picture of one recipe to that of another. */
import { pictureToTape, tapeToHomogeneous, tapeToPicture } from './geometry.ts'
import type { Vector } from './geometry-lens.ts'
import { isInside } from './polygon.ts'
import { canonicalJson, type Recipe, type Size } from './recipe.ts'
import type { Point } from './region.ts'

/** Edges bend between recipes: they are followed in steps of at most this many pixels. */
const stepPx = 4

/**
 * Maps a polygon drawn in the picture of `from` to the picture of `to`. Always map from the
 * original, never from a mapped copy: what is cut off is lost.
 *
 * The result follows the bent edges closely (well under 0.1 px at ordinary angles) and is cut off
 * at the rectangle of the picture; it is empty where none of the region can be seen.
 */
export function mapPolygon(points: readonly Point[], from: Recipe, to: Recipe): Point[] {
  if (canonicalJson(from) === canonicalJson(to)) return [...points]
  const toTape = pictureToTape(from)
  const project = tapeToHomogeneous(to)
  const mapped = subdivided(points).map(([x, y]) => project(...toTape(x, y)))
  const visible = clipped(mapped, to.size).map(([x, y, w]): Point => [x / w, y / w])
  const probe: Point = [probeShare * to.size.width, probeShare * to.size.height]
  const original = tapeToPicture(from)(...pictureToTape(to)(...probe))
  const isMeant = original !== null && isInside(points, original)
  return isMeant === isInside(visible, probe) ? visible : complement(visible, to.size)
}

/** A place in the picture, as a share of its sides, that is unlikely to be on an outline. */
const probeShare = 0.487213

/**
 * The picture without the polygon. An outline that runs behind the camera has two sides there, and
 * clipping closes it along the nearer one; the two results are each other's complements. The seam
 * between frame and polygon has no area.
 */
function complement(polygon: readonly Point[], { width, height }: Size): Point[] {
  const [first] = polygon
  const frame: Point[] = [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ]
  return first ? [...frame, [0, 0], ...polygon, first] : frame
}

function subdivided(points: readonly Point[]): Point[] {
  return points.flatMap(([x, y], i) => {
    const [nextX, nextY] = points[(i + 1) % points.length] ?? [x, y]
    const steps = Math.max(1, Math.ceil(Math.hypot(nextX - x, nextY - y) / stepPx))
    return Array.from({ length: steps }, (_, step): Point => {
      const share = step / steps
      return [x + (nextX - x) * share, y + (nextY - y) * share]
    })
  })
}

/**
 * Clips in homogeneous coordinates against the sides of the picture, one after the other
 * (Sutherland and Hodgman, Communications of the ACM 17, 1974). Points that satisfy all four
 * conditions have w > 0, so what lies behind the camera is cut off as well.
 */
function clipped(polygon: readonly Vector[], { width, height }: Size): Vector[] {
  const insides: readonly ((point: Vector) => number)[] = [
    ([x]) => x,
    ([x, , w]) => width * w - x,
    ([, y]) => y,
    ([, y, w]) => height * w - y,
  ]
  return insides.reduce<Vector[]>(clippedAt, [...polygon])
}

/** The part of the polygon in which `inside` is positive. */
function clippedAt(polygon: Vector[], inside: (point: Vector) => number): Vector[] {
  return polygon.flatMap((point, i) => {
    const before = polygon.at(i - 1) ?? point
    const [here, there] = [inside(point), inside(before)]
    const kept = here > 0 ? [point] : []
    if (here > 0 === there > 0) return kept
    const share = there / (there - here)
    const crossing: Vector = [
      before[0] + (point[0] - before[0]) * share,
      before[1] + (point[1] - before[1]) * share,
      before[2] + (point[2] - before[2]) * share,
    ]
    return [crossing, ...kept]
  })
}
