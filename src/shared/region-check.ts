/** @file What a region must be before anything is counted in it. */
import { AppError } from './errors.ts'
import { meetingEdges } from './polygon.ts'
import type { Size } from './recipe.ts'
import type { Point, Region } from './region.ts'
import { rasterise } from './region-raster.ts'

/** Points this little outside the picture are taken to be on its rim. */
const rimPx = 1e-6

const fewestPoints = 3

/** Some checks in the order in which they make sense; each gives what is wrong, or null. */
const checks: readonly ((points: readonly Point[], size: Size) => Fault | null)[] = [
  notFinite,
  tooFew,
  outside,
  inLine,
  crossing,
  withoutPixels,
]

interface Fault {
  problem: string
  hint: string
}

/**
 * Checks regions for a picture of `size` and returns them without repeated points (many programs
 * close a polygon by repeating its first one).
 *
 * @throws AppError `bad-region` that names the region, what is wrong with it and where.
 */
export function checkRegions(regions: readonly Region[], size: Size): Region[] {
  const names = new Set<string>()
  return regions.map((region) => {
    if (names.has(region.name))
      throw new AppError(
        'bad-region',
        `region ${JSON.stringify(region.name)}: there are two regions with this name`,
        'Give each region a name of its own.',
      )
    names.add(region.name)
    return checkRegion(region, size)
  })
}

/** Checks one region; see `checkRegions`. */
export function checkRegion(region: Region, size: Size): Region {
  const points = withoutRepeats(region.points)
  for (const check of checks) {
    const fault = check(points, size)
    if (!fault) continue
    const { problem, hint } = fault
    throw new AppError('bad-region', `region ${JSON.stringify(region.name)}: ${problem}`, hint)
  }
  return { ...region, points }
}

function withoutRepeats(points: readonly Point[]): Point[] {
  return points.filter(([x, y], i) => {
    const [nextX, nextY] = points[(i + 1) % points.length] ?? []
    return points.length === 1 || nextX !== x || nextY !== y
  })
}

const written = ([x, y]: Point): string => `(${Number(x.toFixed(2))}, ${Number(y.toFixed(2))})`

function notFinite(points: readonly Point[]): Fault | null {
  const at = points.findIndex((point) => !point.every(Number.isFinite))
  if (at < 0) return null
  const problem = `point ${at + 1} is (${points[at]?.join(', ')}), two finite numbers were expected`
  return { problem, hint: 'Give every point as [x, y] in pixels of the recipe.' }
}

function tooFew(points: readonly Point[]): Fault | null {
  if (points.length >= fewestPoints) return null
  return {
    problem: `it has ${points.length} different points, at least ${fewestPoints} were expected`,
    hint: 'Draw a polygon around the place.',
  }
}

function outside(points: readonly Point[], { width, height }: Size): Fault | null {
  const isInside = ([x, y]: Point): boolean =>
    x >= -rimPx && y >= -rimPx && x <= width + rimPx && y <= height + rimPx
  const first = points.find((point) => !isInside(point))
  if (!first) return null
  const place = points.some(isInside) ? 'partly' : 'entirely'
  return {
    problem: `it lies ${place} outside the picture of ${width}x${height}, at ${written(first)}`,
    hint: 'Regions are in pixels of the recipe’s picture; draw this one inside it.',
  }
}

function inLine(points: readonly Point[]): Fault | null {
  const [[x, y] = [0, 0], [nextX, nextY] = [0, 0]] = points
  const isOnLine = (point: Point): boolean =>
    (nextX - x) * (point[1] - y) === (nextY - y) * (point[0] - x)
  if (!points.every(isOnLine)) return null
  return {
    problem: 'it has no area: its points lie in line',
    hint: 'Draw a polygon around the place.',
  }
}

function crossing(points: readonly Point[]): Fault | null {
  const edges = meetingEdges(points)
  if (!edges) return null
  const [first, second] = edges.map(written)
  return {
    problem: `it crosses or touches itself: the edges that begin at ${first} and at ${second} meet`,
    hint: 'Draw an outline that does not meet itself; use two regions for two places.',
  }
}

function withoutPixels(points: readonly Point[], size: Size): Fault | null {
  if (rasterise(points, size).area > 0) return null
  return {
    problem: 'it is so small that no pixel centre lies inside',
    hint: 'Draw it larger.',
  }
}
