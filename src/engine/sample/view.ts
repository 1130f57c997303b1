/** @file The recipe that looks down on the sample's floor, and its regions of interest. */
import { tapeToPicture } from '../../shared/geometry.ts'
import type { Recipe } from '../../shared/recipe.ts'
import type { Point } from '../../shared/region.ts'
import { type Camera, fieldOfViewDegrees, project } from './draw/camera.ts'
import { type Place, places } from './floor/plan.ts'
import { frameAt, type Vector } from './vector.ts'

/** A region as `rois.json` holds it. */
export interface SampleRegion {
  name: string
  kind: 'count'
  /** In recipe pixels, whole numbers. */
  points: Point[]
}

const side = 500
/** Wide enough to hold whoever stands at the farthest place from head to toe. */
const viewDegrees = 120

/** The dewarped picture, straight down. */
export function sampleRecipe({ cx, cy, radius }: Camera): Recipe {
  return {
    lens: { cx, cy, radius, fov: fieldOfViewDegrees, projection: 'equidistant' },
    view: { yaw: 0, pitch: 0, roll: 0, hfov: viewDegrees, vfov: viewDegrees },
    viewSize: null,
    crop: null,
    size: { width: side, height: side },
  }
}

/** Regions hold the workers from the floor to this height. */
const regionHeight = 1.75

/** The corners of the room above a place in which its worker moves. */
function cornersOf({ spot, facing, halfWidth, halfDepth }: Place): Vector[] {
  const { point } = frameAt([...spot, 0], facing - Math.PI / 2)
  return [-halfWidth, halfWidth].flatMap((x) =>
    [-halfDepth, halfDepth].flatMap((y) => [point([x, y, 0]), point([x, y, regionHeight])]),
  )
}

/** The convex polygon around points, by Andrew's monotone chain. */
function hullOf(points: readonly Point[]): Point[] {
  const sorted = points.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])
  const half = (ordered: readonly Point[]): Point[] => {
    const chain: Point[] = []
    for (const point of ordered) {
      while (chain.length > 1 && !turnsLeft(chain.at(-2), chain.at(-1), point)) chain.pop()
      chain.push(point)
    }
    return chain.slice(0, -1)
  }
  return [...half(sorted), ...half(sorted.toReversed())]
}

const turnsLeft = (a: Point = [0, 0], b: Point = [0, 0], c: Point): boolean =>
  (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0

/** One region around each place of work, as a user would draw it in the recipe's picture. */
export function sampleRegions(camera: Camera, recipe: Recipe): SampleRegion[] {
  const toPicture = tapeToPicture(recipe)
  const within = (value: number): number => Math.min(side, Math.max(0, Math.round(value)))
  return places.map((place) => {
    const points = cornersOf(place).flatMap((corner): Point[] => {
      const { x, y } = project(camera, corner)
      const seen = toPicture(x, y)
      return seen ? [[within(seen[0]), within(seen[1])]] : []
    })
    return { name: place.name, kind: 'count', points: hullOf(points) }
  })
}
