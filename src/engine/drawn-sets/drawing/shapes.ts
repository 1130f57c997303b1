/**
 * @file Shapes by their signed distance: how far a point is from the edge, negative inside. Lengths and
 * places are shares of the picture's side, x to the right, y down.
 */

export type Spot = readonly [x: number, y: number]

export interface Shape {
  /** Negative inside; exact at the edge, about right elsewhere. */
  distance(x: number, y: number): number
  /** Left, top, right, bottom of what is inside. */
  bounds: readonly [number, number, number, number]
}

/** After Inigo Quilez, https://iquilezles.org/articles/ellipsedist/ (gradient approximation). */
export function ellipse([cx, cy]: Spot, rx: number, ry: number, turn = 0): Shape {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const reach = Math.max(rx, ry)
  return {
    bounds: [cx - reach, cy - reach, cx + reach, cy + reach],
    distance: (x, y) => {
      const u = ((x - cx) * cos + (y - cy) * sin) / rx
      const v = ((y - cy) * cos - (x - cx) * sin) / ry
      const length = Math.sqrt(u * u + v * v)
      const slope = Math.sqrt((u / rx) ** 2 + (v / ry) ** 2)
      return slope < 1e-9 ? -Math.min(rx, ry) : (length * (length - 1)) / slope
    },
  }
}

export const circle = (centre: Spot, radius: number): Shape => ellipse(centre, radius, radius)

/** A rectangle, turned clockwise, with round corners. */
export function slab([cx, cy]: Spot, [halfWidth, halfHeight]: Spot, turn = 0, round = 0): Shape {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const reach = Math.hypot(halfWidth, halfHeight)
  return {
    bounds: [cx - reach, cy - reach, cx + reach, cy + reach],
    distance: (x, y) => {
      const u = Math.abs((x - cx) * cos + (y - cy) * sin) - halfWidth + round
      const v = Math.abs((y - cy) * cos - (x - cx) * sin) - halfHeight + round
      return (
        Math.sqrt(Math.max(u, 0) ** 2 + Math.max(v, 0) ** 2) + Math.min(Math.max(u, v), 0) - round
      )
    },
  }
}

/** Stretches from each point to the next, `[x, y, dx, dy, 1 / length²]` each. */
function stretches(points: readonly Spot[], closed: boolean): Float64Array {
  const from = closed ? points : points.slice(0, -1)
  return Float64Array.from(
    from.flatMap(([x, y], i) => {
      const [nextX, nextY] = points[(i + 1) % points.length] ?? [x, y]
      const [dx, dy] = [nextX - x, nextY - y]
      return [x, y, dx, dy, 1 / (dx * dx + dy * dy || 1)]
    }),
  )
}

/** The square of the distance to the nearest stretch: the innermost loop of all drawing. */
function squareToNearest(along: Float64Array, x: number, y: number): number {
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < along.length; i += 5) {
    const [dx, dy] = [along[i + 2] ?? 0, along[i + 3] ?? 0]
    const [fromX, fromY] = [x - (along[i] ?? 0), y - (along[i + 1] ?? 0)]
    const reach = (fromX * dx + fromY * dy) * (along[i + 4] ?? 0)
    const share = reach < 0 ? 0 : reach > 1 ? 1 : reach
    const [awayX, awayY] = [fromX - dx * share, fromY - dy * share]
    const square = awayX * awayX + awayY * awayY
    if (square < least) least = square
  }
  return least
}

function boundsOf(points: readonly Spot[], more: number): Shape['bounds'] {
  const xs = points.map(([x]) => x)
  const ys = points.map(([, y]) => y)
  return [
    ...([Math.min(...xs) - more, Math.min(...ys) - more] as const),
    ...([Math.max(...xs) + more, Math.max(...ys) + more] as const),
  ]
}

/** A line through points, `radius` to each side. */
export function line(points: readonly Spot[], radius: number): Shape {
  const along = stretches(points, false)
  return {
    bounds: boundsOf(points, radius),
    distance: (x, y) => Math.sqrt(squareToNearest(along, x, y)) - radius,
  }
}

/** What a closed ring of points encloses, by the even-odd rule. */
export function polygon(points: readonly Spot[]): Shape {
  const along = stretches(points, true)
  const isInside = (x: number, y: number): boolean => {
    let inside = false
    for (let i = 0; i < along.length; i += 5) {
      const [fromY, dy] = [along[i + 1] ?? 0, along[i + 3] ?? 0]
      if (fromY > y === fromY + dy > y) continue
      if (x < (along[i] ?? 0) + ((y - fromY) / dy) * (along[i + 2] ?? 0)) inside = !inside
    }
    return inside
  }
  return {
    bounds: boundsOf(points, 0),
    distance: (x, y) => Math.sqrt(squareToNearest(along, x, y)) * (isInside(x, y) ? -1 : 1),
  }
}

/** What lies in both. */
export function within(a: Shape, b: Shape): Shape {
  return { bounds: a.bounds, distance: (x, y) => Math.max(a.distance(x, y), b.distance(x, y)) }
}

/** What lies in the first and not in the second. */
export function without(a: Shape, b: Shape): Shape {
  return { bounds: a.bounds, distance: (x, y) => Math.max(a.distance(x, y), -b.distance(x, y)) }
}

/** The same, larger by `by` on all sides. */
export function grown({ bounds: [left, top, right, bottom], distance }: Shape, by: number): Shape {
  return {
    bounds: [left - by, top - by, right + by, bottom + by],
    distance: (x, y) => distance(x, y) - by,
  }
}

/** The same somewhere else. */
export function moved(
  { bounds: [left, top, right, bottom], distance }: Shape,
  [dx, dy]: Spot,
): Shape {
  return {
    bounds: [left + dx, top + dy, right + dx, bottom + dy],
    distance: (x, y) => distance(x - dx, y - dy),
  }
}
