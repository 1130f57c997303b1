/** @file Which places of the standing scene a light can see. */
import { subtract, type Vector } from '../vector.ts'
import { intersections } from './intersect.ts'
import type { Shape } from './shape.ts'

/** An upright box. */
interface Bounds {
  readonly low: Vector
  readonly high: Vector
}

/** Shapes that stand together, each with its bounds, and the bounds of all. */
interface Group extends Bounds {
  readonly members: readonly (Bounds & { readonly shape: Shape })[]
}

/** The upright box around a shape, along one axis: its lowest and highest coordinate. */
function span({ kind, origin, axes, extent, bound }: Shape, axis: 0 | 1 | 2): [number, number] {
  if (kind === 'box') {
    const [x, y, z] = axes
    const half =
      Math.abs(x[axis]) * extent[0] + Math.abs(y[axis]) * extent[1] + Math.abs(z[axis]) * extent[2]
    return [origin[axis] - half, origin[axis] + half]
  }
  const { from, to, radius } = bound
  return [Math.min(from[axis], to[axis]) - radius, Math.max(from[axis], to[axis]) + radius]
}

function boundsOf(shape: Shape): Bounds {
  const [x, y, z] = [span(shape, 0), span(shape, 1), span(shape, 2)]
  return { low: [x[0], y[0], z[0]], high: [x[1], y[1], z[1]] }
}

function groupOf(shapes: readonly Shape[]): Group {
  const members = shapes.map((shape) => ({ shape, ...boundsOf(shape) }))
  const low = (axis: 0 | 1 | 2): number => Math.min(...members.map((member) => member.low[axis]))
  const high = (axis: 0 | 1 | 2): number => Math.max(...members.map((member) => member.high[axis]))
  return { members, low: [low(0), low(1), low(2)], high: [high(0), high(1), high(2)] }
}

/** True when the stretch from a point to a light passes through the bounds; the way inverted. */
function passes({ low, high }: Bounds, point: Vector, inverse: Vector): boolean {
  const ax = (low[0] - point[0]) * inverse[0]
  const bx = (high[0] - point[0]) * inverse[0]
  const ay = (low[1] - point[1]) * inverse[1]
  const by = (high[1] - point[1]) * inverse[1]
  const az = (low[2] - point[2]) * inverse[2]
  const bz = (high[2] - point[2]) * inverse[2]
  const enter = Math.max(0, Math.min(ax, bx), Math.min(ay, by), Math.min(az, bz))
  return enter < Math.min(1, Math.max(ax, bx), Math.max(ay, by), Math.max(az, bz))
}

/** True when the stretch from a point along `way` enters the shape. */
function meets(shape: Shape, point: Vector, way: Vector): boolean {
  const [x, y, z] = shape.axes
  const ox = point[0] - shape.origin[0]
  const oy = point[1] - shape.origin[1]
  const oz = point[2] - shape.origin[2]
  const at = intersections[shape.kind](
    shape.extent,
    x[0] * ox + x[1] * oy + x[2] * oz,
    y[0] * ox + y[1] * oy + y[2] * oz,
    z[0] * ox + z[1] * oy + z[2] * oz,
    x[0] * way[0] + x[1] * way[1] + x[2] * way[2],
    y[0] * way[0] + y[1] * way[1] + y[2] * way[2],
    z[0] * way[0] + z[1] * way[1] + z[2] * way[2],
  )
  return at > 1e-3 && at < 1
}

/** Returns whether something stands between a point and a light, given as groups of shapes. */
export function occlusion(
  groups: readonly (readonly Shape[])[],
): (point: Vector, light: Vector) => boolean {
  const bounded = groups.filter((shapes) => shapes.length > 0).map(groupOf)
  return (point, light) => {
    const way = subtract(light, point)
    const inverse: Vector = [1 / way[0], 1 / way[1], 1 / way[2]]
    for (const group of bounded) {
      if (!passes(group, point, inverse)) continue
      for (const member of group.members)
        if (passes(member, point, inverse) && meets(member.shape, point, way)) return true
    }
    return false
  }
}
