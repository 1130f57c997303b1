/** @file Rectangles that are turned: to their corners, and back. Degrees, clockwise on the screen. */

export interface Corner {
  x: number
  y: number
}

/** A ring turned around a point. */
export function turned(ring: readonly number[], around: Corner, degrees: number): number[] {
  const angle = (degrees * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  return ring.map((_, i) => {
    const [right, down] = [(ring[i & ~1] ?? 0) - around.x, (ring[i | 1] ?? 0) - around.y]
    return i % 2 === 0 ? around.x + right * cos - down * sin : around.y + right * sin + down * cos
  })
}

/** A rectangle that was turned around its first corner. */
export interface TurnedBox extends Corner {
  width: number
  height: number
  degrees: number
}

/**
 * The rectangle whose four corners, from the upper left one clockwise, a ring may be. Drawing it tells
 * whether it is: only two of its sides are looked at. Null for any other number of corners.
 */
export function turnedBoxOf(ring: readonly number[]): TurnedBox | null {
  if (ring.length !== 8) return null
  const [x = 0, y = 0, x1 = 0, y1 = 0, x2 = 0, y2 = 0] = ring
  const degrees = (Math.atan2(y1 - y, x1 - x) * 180) / Math.PI
  return {
    x,
    y,
    width: Math.hypot(x1 - x, y1 - y),
    height: Math.hypot(x2 - x1, y2 - y1),
    degrees: (degrees + 360) % 360,
  }
}
