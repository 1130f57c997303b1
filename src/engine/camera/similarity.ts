/** @file How a camera's picture has moved: shifted, turned and zoomed. */
import type { Size } from '../../shared/recipe.ts'
import type { Point } from '../../shared/region.ts'

/** Where a point of the first picture lies in the second, about the centre of the pictures. */
export interface Similarity {
  /** Pixels to the right and down, of the centre. */
  shift: { x: number; y: number }
  /** Degrees, clockwise as seen. */
  rotation: number
  /** More than 1 = things are larger now. */
  zoom: number
}

export const unmoved: Similarity = { shift: { x: 0, y: 0 }, rotation: 0, zoom: 1 }

/** zoom · cos and zoom · sin of the rotation. */
export function turnOf({ rotation, zoom }: Similarity): { cos: number; sin: number } {
  const angle = (rotation * Math.PI) / 180
  return { cos: zoom * Math.cos(angle), sin: zoom * Math.sin(angle) }
}

/** Maps points of the first picture to the second; both have this size. */
export function moved(similarity: Similarity, { width, height }: Size) {
  const { cos, sin } = turnOf(similarity)
  const { shift } = similarity
  const [cx, cy] = [width / 2, height / 2]
  return (x: number, y: number): Point => [
    cx + cos * (x - cx) - sin * (y - cy) + shift.x,
    cy + sin * (x - cx) + cos * (y - cy) + shift.y,
  ]
}

/** The same movement in pictures that are `factor` times as large. */
export function enlarged(similarity: Similarity, factor: number): Similarity {
  const { x, y } = similarity.shift
  return { ...similarity, shift: { x: x * factor, y: y * factor } }
}

/** How far the corners of the picture have moved at most, in pixels. */
export function greatestMove(similarity: Similarity, { width, height }: Size): number {
  const map = moved(similarity, { width, height })
  const corners: readonly Point[] = [
    [0, 0],
    [width, 0],
    [0, height],
    [width, height],
  ]
  const distances = corners.map(([x, y]) => {
    const [u, v] = map(x, y)
    return Math.hypot(u - x, v - y)
  })
  return Math.max(...distances)
}
