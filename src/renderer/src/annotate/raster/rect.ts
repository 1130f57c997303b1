/** @file Rectangles of whole pixels: what part of a mask something touched. */
import type { Size } from '../../../../shared/recipe.ts'

export interface Rect extends Size {
  x: number
  y: number
}

/** Null = no pixel. */
export type Dirty = Rect | null

export function wholeOf({ width, height }: Size): Rect {
  return { x: 0, y: 0, width, height }
}

/** The rectangle from one corner to the one after the last pixel; null where it holds none. */
export function between(left: number, top: number, right: number, bottom: number): Dirty {
  if (right <= left || bottom <= top) return null
  return { x: left, y: top, width: right - left, height: bottom - top }
}

/** The smallest rectangle around both. */
export function union(a: Dirty, b: Dirty): Dirty {
  if (a === null || b === null) return a ?? b
  return between(
    Math.min(a.x, b.x),
    Math.min(a.y, b.y),
    Math.max(a.x + a.width, b.x + b.width),
    Math.max(a.y + a.height, b.y + b.height),
  )
}

export function intersection(a: Dirty, b: Dirty): Dirty {
  if (a === null || b === null) return null
  return between(
    Math.max(a.x, b.x),
    Math.max(a.y, b.y),
    Math.min(a.x + a.width, b.x + b.width),
    Math.min(a.y + a.height, b.y + b.height),
  )
}

/** With `margin` more pixels on each side, as far as the picture goes. */
export function widened({ x, y, width, height }: Rect, margin: number, size: Size): Dirty {
  const wide = {
    x: x - margin,
    y: y - margin,
    width: width + 2 * margin,
    height: height + 2 * margin,
  }
  return intersection(wide, wholeOf(size))
}
