/** @file Outlines through a few points, and what is marked by them. */
import type { SetObject } from '../../formats/annotated-set.ts'
import { objectOf } from '../../formats/shapes/compose.ts'
import { fillPolygon } from '../../formats/shapes/fill-polygon.ts'
import type { Spot } from './shapes.ts'

/** A closed curve through points (Catmull-Rom), each stretch of it in `steps`. */
export function smoothRing(points: readonly Spot[], steps = 5): Spot[] {
  const at = (index: number): Spot => points[(index + points.length) % points.length] ?? [0, 0]
  return points.flatMap((_, i) =>
    Array.from({ length: steps }, (_, step) =>
      between([at(i - 1), at(i), at(i + 1), at(i + 2)], step / steps),
    ),
  )
}

/** An open curve through points. */
export function smoothLine(points: readonly Spot[], steps = 4): Spot[] {
  const at = (index: number): Spot =>
    points[Math.min(points.length - 1, Math.max(0, index))] ?? [0, 0]
  const last = points.length - 1
  return Array.from({ length: last * steps + 1 }, (_, step) => {
    const i = Math.min(last - 1, Math.floor(step / steps))
    return between([at(i - 1), at(i), at(i + 1), at(i + 2)], step / steps - i)
  })
}

function between([a, b, c, d]: readonly [Spot, Spot, Spot, Spot], t: number): Spot {
  const along = (p: number, q: number, r: number, s: number): number =>
    q + 0.5 * t * (r - p + t * (2 * p - 5 * q + 4 * r - s + t * (3 * (q - r) + s - p)))
  return [along(a[0], b[0], c[0], d[0]), along(a[1], b[1], c[1], d[1])]
}

/** The points of a circle, from its rightmost one on. */
export function ringAround([x, y]: Spot, radius: number, corners = 40): Spot[] {
  return Array.from({ length: corners }, (_, i) => {
    const angle = (i / corners) * 2 * Math.PI
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)]
  })
}

/** The ring, with corners where an annotator would have set them: on tenths of pixels. */
export function onPixels(ring: readonly Spot[], size: number): Spot[] {
  const rounded = (value: number): number => Math.round(value * size * 10) / (size * 10)
  return ring.map(([x, y]) => [rounded(x), rounded(y)])
}

/** What a ring marks in a picture of `size` pixels; none where nothing of it is within. */
export function marked(classIndex: number, ring: readonly Spot[], size: number): SetObject[] {
  const inside = (value: number): number => Math.min(size, Math.max(0, value))
  const pixels = ring.flat().map((value) => inside(Math.round(value * size * 10) / 10))
  const raster = fillPolygon([pixels], { width: size, height: size })
  return raster.data.includes(1) ? [objectOf(classIndex, raster, { outline: [pixels] })] : []
}
