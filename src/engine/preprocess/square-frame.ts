/** @file An image circle whose rim is dark, told from the frame around it. */
import type { Size } from '../../shared/recipe.ts'
import type { Circle } from './circle.ts'
import type { SurroundMap } from './lens-surround.ts'

/** Frames that differ more from a square were not cut to fit a circle. */
const squareness = 0.02

/** Share of the corners, outside the inscribed circle, that has to be surround. */
const darkCorners = 0.97

/** Share of the frame that has to be lit. */
const leastLit = 0.05

/** A rectangle fills its bounding box; a picture bent by a lens does not. */
const mostFilled = 0.95

/** The largest circle in the middle of a frame. */
export function inscribedCircle({ width, height }: Size): Circle {
  return { cx: width / 2, cy: height / 2, radius: Math.min(width, height) / 2 }
}

/**
 * Whether a frame looks like one cut to fit an image circle: it is square, and what is lit lies in
 * the inscribed circle and has an outline that is no rectangle.
 */
export function isFrameOfLens({ data, width, height }: SurroundMap): boolean {
  if (Math.abs(width - height) > squareness * Math.max(width, height)) return false
  const circle = inscribedCircle({ width, height })
  const lit = { count: 0, left: width, right: 0, top: height, bottom: 0 }
  const corners = { count: 0, dark: 0 }
  for (let at = 0; at < data.length; at++) {
    const [column, row] = [at % width, Math.floor(at / width)]
    const isDark = data[at] === 1
    if (Math.hypot(column + 0.5 - circle.cx, row + 0.5 - circle.cy) > circle.radius) {
      corners.count++
      if (isDark) corners.dark++
    }
    if (isDark) continue
    lit.count++
    lit.left = Math.min(lit.left, column)
    lit.right = Math.max(lit.right, column + 1)
    lit.top = Math.min(lit.top, row)
    lit.bottom = Math.max(lit.bottom, row + 1)
  }
  const box = (lit.right - lit.left) * (lit.bottom - lit.top)
  const isBent = lit.count < mostFilled * box
  const isFramed = corners.dark >= darkCorners * corners.count
  return isBent && isFramed && lit.count >= leastLit * data.length
}
