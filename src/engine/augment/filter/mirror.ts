/** @file What filters see beyond a picture's edge. */

/** The pixel that is seen at a place beyond an edge: mirrored at the edge's pixel, which is not repeated. */
export function mirrorIndex(place: number, length: number): number {
  if (length === 1) return 0
  const period = 2 * (length - 1)
  const within = ((place % period) + period) % period
  return within < length ? within : period - within
}
