/** @file Which shape each sample of the picture shows: rays from the lens through a depth buffer. */
import { add, clamp, scale, subtract, type Vector } from '../vector.ts'
import { type Camera, project, samplesPerSide } from './camera.ts'
import { intersections } from './intersect.ts'
import type { Shape } from './shape.ts'

/** What the lens sees, sample by sample: `[side, side]`. */
export interface Samples {
  readonly side: number
  /** Unit directions from the lens, `[side, side, 3]`; zero outside the image circle. */
  readonly directions: Float32Array
  /** Distance from the lens in metres. */
  readonly depth: Float32Array
  /** Number of the shape that is seen, from 1; 0 = none. */
  readonly owner: Uint16Array
  /** Samples that got their first owner, in that order; the list starts again at 0. */
  readonly touched: { readonly list: Uint32Array; count: number }
}

/** A rectangle of whole pixels; `right` and `bottom` are outside. */
export interface PixelBox {
  left: number
  top: number
  right: number
  bottom: number
}

/** The lens in the shape's own coordinates. */
export function lensInShape(shape: Shape, lens: Vector): Vector {
  const [x, y, z] = shape.axes
  const away = subtract(lens, shape.origin)
  const along = (axis: Vector): number => axis[0] * away[0] + axis[1] * away[1] + axis[2] * away[2]
  return [along(x), along(y), along(z)]
}

/** A circle of the picture, in pixels. */
interface Circle {
  x: number
  y: number
  radius: number
}

/** Holds all pixels that a ball can cover; null when the lens is inside the ball. */
function circleOf(camera: Camera, middle: Vector, radius: number): Circle | null {
  const away = Math.hypot(...subtract(middle, camera.position))
  if (away <= radius * 1.05) return null
  const { x, y, angle } = project(camera, middle)
  const opening = Math.asin(radius / away)
  // No direction is stretched more than the one across, at the farthest point from the centre.
  const outermost = Math.min(Math.PI / 2, angle + opening)
  return { x, y, radius: camera.focal * opening * (outermost / Math.sin(outermost)) + 0.5 }
}

/** The corners of a box in the room. */
function cornersOf({ origin, axes: [x, y, z], extent }: Shape): Vector[] {
  const corner = (right: number, back: number, up: number): Vector =>
    add(
      origin,
      add(scale(x, right * extent[0]), add(scale(y, back * extent[1]), scale(z, up * extent[2]))),
    )
  return [-1, 1].flatMap((right) =>
    [-1, 1].flatMap((back) => [corner(right, back, -1), corner(right, back, 1)]),
  )
}

/** Circles whose hull holds all pixels that a shape can cover; null for the whole picture. */
function circlesOf(camera: Camera, shape: Shape): Circle[] | null {
  const { from, to, radius } = shape.bound
  const rounds =
    shape.kind === 'box'
      ? cornersOf(shape).map((corner) => circleOf(camera, corner, 0))
      : [circleOf(camera, from, radius), circleOf(camera, to, radius)]
  const circles = rounds.filter((circle) => circle !== null)
  if (circles.length < rounds.length) return null
  const [first, ...others] = circles
  const span = Math.max(
    0,
    ...others.map(({ x, y }) => Math.hypot(x - (first?.x ?? 0), y - (first?.y ?? 0))),
  )
  // A straight edge bends in the picture, by less than a quarter of its angle squared.
  const bend = (span * span) / camera.focal / 4
  return circles.map((circle) => ({ ...circle, radius: circle.radius + bend }))
}

const clippedBox = (camera: Camera, circles: readonly Circle[]): PixelBox => ({
  left: Math.max(0, Math.floor(Math.min(...circles.map(({ x, radius }) => x - radius)))),
  top: Math.max(0, Math.floor(Math.min(...circles.map(({ y, radius }) => y - radius)))),
  right: Math.min(camera.size, Math.ceil(Math.max(...circles.map(({ x, radius }) => x + radius)))),
  bottom: Math.min(camera.size, Math.ceil(Math.max(...circles.map(({ y, radius }) => y + radius)))),
})

/** Pixels that a ball can cover, clipped to the picture. */
export function coverOf(camera: Camera, middle: Vector, radius: number): PixelBox {
  const circle = circleOf(camera, middle, radius)
  return circle ? clippedBox(camera, [circle]) : wholePicture(camera)
}

const wholePicture = ({ size }: Camera): PixelBox => ({
  left: 0,
  top: 0,
  right: size,
  bottom: size,
})

/** The part of a row of pixels that lies in the hull of two circles, or a little more. */
function rowWithin([a, b]: readonly [Circle, Circle], row: number): [left: number, right: number] {
  const radius = Math.max(a.radius, b.radius) + 0.5
  const middle = row + 0.5
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  const near =
    Math.abs(dy) > 1e-6 ? [(middle - radius - a.y) / dy, (middle + radius - a.y) / dy] : [0, 1]
  const first = clamp(Math.min(...near), 0, 1)
  const last = clamp(Math.max(...near), 0, 1)
  return [
    Math.floor(a.x + Math.min(dx * first, dx * last) - radius),
    Math.ceil(a.x + Math.max(dx * first, dx * last) + radius),
  ]
}

/**
 * Draws a shape under a number into the samples where it is nearer than what is there.
 */
export function drawShape(samples: Samples, camera: Camera, shape: Shape, number: number): void {
  const circles = circlesOf(camera, shape)
  const box = circles ? clippedBox(camera, circles) : wholePicture(camera)
  const [a, b, ...more] = circles ?? []
  const draw = rowDrawer(samples, camera, shape, number)
  for (let row = box.top; row < box.bottom; row++) {
    const [left, right] =
      a && b && more.length === 0 ? rowWithin([a, b], row) : [box.left, box.right]
    draw(row, Math.max(box.left, left), Math.min(box.right, right))
  }
}

/**
 * Returns what draws the shape into the pixels of a row from `left` to before `right`.
 *
 * Two samples of a pixel, on its diagonal, decide for all four when both meet the shape or both
 * miss it; shapes are convex, so only slivers thinner than a pixel escape.
 */
function rowDrawer(
  { side, directions, depth, owner, touched }: Samples,
  camera: Camera,
  shape: Shape,
  number: number,
): (row: number, left: number, right: number) => void {
  const [[ax, ay, az], [bx, by, bz], [cx, cy, cz]] = shape.axes
  const [ox, oy, oz] = lensInShape(shape, camera.position)
  const meet = intersections[shape.kind]
  const { extent } = shape
  const distanceAt = (at: number): number => {
    const dx = directions[at * 3] ?? 0
    const dy = directions[at * 3 + 1] ?? 0
    const dz = directions[at * 3 + 2] ?? 0
    const x = ax * dx + ay * dy + az * dz
    const y = bx * dx + by * dy + bz * dz
    const z = cx * dx + cy * dy + cz * dz
    return meet(extent, ox, oy, oz, x, y, z)
  }
  const put = (at: number, far: number): void => {
    if (far >= (depth[at] ?? 0)) return
    depth[at] = far
    if (owner[at] === 0) touched.list[touched.count++] = at
    owner[at] = number
  }
  return (row, left, right) => {
    const end = (row * side + right) * samplesPerSide
    for (let at = (row * side + left) * samplesPerSide; at < end; at += samplesPerSide) {
      const first = distanceAt(at)
      const last = distanceAt(at + side + 1)
      if (first === last && first === Number.POSITIVE_INFINITY) continue
      const between = (first + last) / 2
      const isWhole = between < Number.POSITIVE_INFINITY
      put(at, first)
      put(at + 1, isWhole ? between : distanceAt(at + 1))
      put(at + side, isWhole ? between : distanceAt(at + side))
      put(at + side + 1, last)
    }
  }
}

/** From the lens to what a sample shows, in metres. */
export function wayTo({ directions, depth }: Samples, sample: number): Vector {
  const far = depth[sample] ?? 0
  const at = sample * 3
  return [
    (directions[at] ?? 0) * far,
    (directions[at + 1] ?? 0) * far,
    (directions[at + 2] ?? 0) * far,
  ]
}
