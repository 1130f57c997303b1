/** @file Which shape each sample of the picture shows: rays from the lens through a depth buffer. */
import { subtract, type Vector } from '../vector.ts'
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

/** Pixels that a ball can cover: in this lens no direction is stretched more than pi/2 times. */
export function coverOf(camera: Camera, middle: Vector, radius: number): PixelBox {
  const away = Math.hypot(...subtract(middle, camera.position))
  if (away <= radius * 1.05) return { left: 0, top: 0, right: camera.size, bottom: camera.size }
  const { x, y, angle } = project(camera, middle)
  const opening = Math.asin(radius / away)
  const outermost = Math.min(Math.PI / 2, angle + opening)
  const reach = camera.focal * opening * (outermost / Math.sin(outermost)) + 1
  return { left: x - reach, top: y - reach, right: x + reach, bottom: y + reach }
}

/** Pixels that a shape can cover, clipped to the picture. */
export function boxOf(camera: Camera, { bound: { from, to, radius } }: Shape): PixelBox {
  const a = coverOf(camera, from, radius)
  const b = from === to ? a : coverOf(camera, to, radius)
  // A straight edge bends in the picture, by less than a quarter of its angle squared.
  const span = Math.hypot(a.left - b.left, a.top - b.top) / camera.focal
  const bend = (camera.focal * span * span) / 4
  return {
    left: Math.max(0, Math.floor(Math.min(a.left, b.left) - bend)),
    top: Math.max(0, Math.floor(Math.min(a.top, b.top) - bend)),
    right: Math.min(camera.size, Math.ceil(Math.max(a.right, b.right) + bend)),
    bottom: Math.min(camera.size, Math.ceil(Math.max(a.bottom, b.bottom) + bend)),
  }
}

/**
 * Draws a shape under a number into the samples where it is nearer than what is there. Returns
 * the pixels it may have touched.
 */
export function drawShape(
  samples: Samples,
  camera: Camera,
  shape: Shape,
  number: number,
): PixelBox {
  const box = boxOf(camera, shape)
  const { side, directions, depth, owner } = samples
  const [[ax, ay, az], [bx, by, bz], [cx, cy, cz]] = shape.axes
  const [ox, oy, oz] = lensInShape(shape, camera.position)
  const meet = intersections[shape.kind]
  const { extent } = shape
  for (let row = box.top * samplesPerSide; row < box.bottom * samplesPerSide; row++) {
    const end = row * side + box.right * samplesPerSide
    for (let at = row * side + box.left * samplesPerSide; at < end; at++) {
      const dx = directions[at * 3] ?? 0
      const dy = directions[at * 3 + 1] ?? 0
      const dz = directions[at * 3 + 2] ?? 0
      const far = meet(
        extent,
        ox,
        oy,
        oz,
        ax * dx + ay * dy + az * dz,
        bx * dx + by * dy + bz * dz,
        cx * dx + cy * dy + cz * dz,
      )
      if (far < (depth[at] ?? 0)) {
        depth[at] = far
        owner[at] = number
      }
    }
  }
  return box
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
