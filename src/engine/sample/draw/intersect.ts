/**
 * @file Where a ray meets a shape. A ray is given in the shape's own coordinates; the distance is
 * in units of the direction's length before that change, so distances of all shapes compare.
 */
import type { Vector } from '../vector.ts'
import type { Shape, ShapeKind } from './shape.ts'

/**
 * Distance to the first point ahead at which the ray enters the shape; Infinity if it misses. Plain
 * numbers instead of vectors: this runs hundreds of thousands of times a frame.
 */
type Intersection = (
  extent: Vector,
  ox: number,
  oy: number,
  oz: number,
  dx: number,
  dy: number,
  dz: number,
) => number

const miss = Number.POSITIVE_INFINITY

/** The slab test: the ray is inside the box where it is inside all three pairs of planes. */
const meetBox: Intersection = (extent, ox, oy, oz, dx, dy, dz) => {
  const [hx, hy, hz] = extent
  const ix = 1 / dx
  const iy = 1 / dy
  const iz = 1 / dz
  const reachX = Math.abs(ix) * hx
  const reachY = Math.abs(iy) * hy
  const reachZ = Math.abs(iz) * hz
  const enter = Math.max(-ox * ix - reachX, -oy * iy - reachY, -oz * iz - reachZ)
  const leave = Math.min(-ox * ix + reachX, -oy * iy + reachY, -oz * iz + reachZ)
  return enter > 0 && enter < leave ? enter : miss
}

/** Enters the ball of radius r around (0, 0, z). */
function meetBall(
  r: number,
  z: number,
  ox: number,
  oy: number,
  oz: number,
  dx: number,
  dy: number,
  dz: number,
): number {
  const above = oz - z
  const a = dx * dx + dy * dy + dz * dz
  const b = ox * dx + oy * dy + above * dz
  const root = b * b - a * (ox * ox + oy * oy + above * above - r * r)
  if (root < 0) return miss
  const at = (-b - Math.sqrt(root)) / a
  return at > 0 ? at : miss
}

/**
 * A ball that moves from z = 0 to z = h while its radius goes from ra to rb is two balls and the
 * cone that touches both. With k = (rb - ra) / h the cone is rho = (ra + k z) / sqrt(1 - k^2), and
 * it touches the balls at z = -k ra and z = h - k rb.
 */
const meetCone: Intersection = (extent, ox, oy, oz, dx, dy, dz) => {
  const [ra, rb, h] = extent
  // Most rays miss, and most of those the endless cylinder around it already.
  const flat = dx * dx + dy * dy
  const beside = ox * dx + oy * dy
  const widest = Math.max(ra, rb)
  if (beside * beside < flat * (ox * ox + oy * oy - widest * widest)) return miss
  const k = h > 0 ? (rb - ra) / h : 1
  const nearest = Math.min(
    meetBall(ra, 0, ox, oy, oz, dx, dy, dz),
    h > 0 ? meetBall(rb, h, ox, oy, oz, dx, dy, dz) : miss,
  )
  if (k >= 1 || k <= -1) return nearest
  const grow = 1 / (1 - k * k)
  const start = ra + k * oz
  const slope = k * dz
  const a = flat - grow * slope * slope
  const b = beside - grow * start * slope
  const root = b * b - a * (ox * ox + oy * oy - grow * start * start)
  if (root < 0 || a <= 0) return nearest
  const at = (-b - Math.sqrt(root)) / a
  const z = oz + at * dz
  return at > 0 && at < nearest && z > -k * ra && z < h - k * rb ? at : nearest
}

const meetCylinder: Intersection = (extent, ox, oy, oz, dx, dy, dz) => {
  const [r, , h] = extent
  const a = dx * dx + dy * dy
  const b = ox * dx + oy * dy
  const root = b * b - a * (ox * ox + oy * oy - r * r)
  if (root < 0) return miss
  const reach = Math.sqrt(root) / a
  const iz = 1 / dz
  const middle = (h / 2 - oz) * iz
  const slab = Math.abs((h / 2) * iz)
  const enter = Math.max(-b / a - reach, middle - slab)
  const leave = Math.min(-b / a + reach, middle + slab)
  return enter > 0 && enter < leave ? enter : miss
}

export const intersections: Readonly<Record<ShapeKind, Intersection>> = {
  box: meetBox,
  cone: meetCone,
  cylinder: meetCylinder,
}

/** Outward normal at a point of the surface, both in the shape's own coordinates; any length. */
const normals: Readonly<Record<ShapeKind, (extent: Vector, point: Vector) => Vector>> = {
  box: ([hx, hy, hz], [x, y, z]) => {
    const [u, v, w] = [Math.abs(x) / hx, Math.abs(y) / hy, Math.abs(z) / hz]
    if (u > v && u > w) return [Math.sign(x), 0, 0]
    return v > w ? [0, Math.sign(y), 0] : [0, 0, Math.sign(z)]
  },
  cone: ([ra, rb, h], [x, y, z]) => {
    const k = h > 0 ? (rb - ra) / h : 0
    if (z <= -k * ra) return [x, y, z]
    if (z >= h - k * rb) return [x, y, z - h]
    const rho = Math.hypot(x, y)
    return [x, y, (-k * rho) / Math.sqrt(Math.max(1e-6, 1 - k * k))]
  },
  cylinder: ([r, , h], [x, y, z]) => {
    const inside = r - Math.hypot(x, y)
    if (inside > Math.min(z, h - z)) return [0, 0, z > h / 2 ? 1 : -1]
    return [x, y, 0]
  },
}

/** Unit outward normal in the room at a point given in the shape's own coordinates. */
export function normalAt(shape: Shape, local: Vector): Vector {
  const [nx, ny, nz] = normals[shape.kind](shape.extent, local)
  const [ax, ay, az] = shape.axes
  // A normal turns with the transpose of the matrix that takes points to local coordinates.
  const x = ax[0] * nx + ay[0] * ny + az[0] * nz
  const y = ax[1] * nx + ay[1] * ny + az[1] * nz
  const z = ax[2] * nx + ay[2] * ny + az[2] * nz
  const size = Math.hypot(x, y, z) || 1
  return [x / size, y / size, z / size]
}
