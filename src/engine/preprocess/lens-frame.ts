/** @file The part of the tape that v360 gets to see: the lens in its middle. */
import type { Lens, Size } from '../../shared/recipe.ts'

/** A rectangle in tape pixels; it may reach beyond the tape on every side. */
export interface LensFrame extends Size {
  /** Even, so that colour stored at half the resolution stays in place. */
  x: number
  y: number
  /** What is left of the lens's centre beyond the middle of the frame: at most 1/4 pixel. */
  shift: { x: number; y: number }
}

/**
 * The smallest frame that has the lens in its middle (to half a pixel) and holds the image circle,
 * or all of the tape where the circle is larger.
 */
export function lensFrame(lens: Lens, tape: Size): LensFrame {
  const across = frameAlong(lens.cx, lens, tape.width)
  const down = frameAlong(lens.cy, lens, tape.height)
  return {
    x: across.start,
    y: down.start,
    width: across.extent,
    height: down.extent,
    shift: { x: across.shift, y: down.shift },
  }
}

/**
 * Where the tape ends inside the circle, a border of black pixels: v360 shows pixel (0, 0)
 * wherever it has no picture, which must not be a part of the scene.
 */
const blackPx = 2
/** v360 takes fields of view up to here, and the frame's is larger than the lens's by its border. */
const widestFrame = 360

function frameAlong(centre: number, { radius, fov }: Lens, length: number) {
  const half = Math.min(
    radius,
    Math.max(centre, length - centre) + blackPx,
    (widestFrame * radius) / fov - 2,
  )
  const start = 2 * Math.floor((centre - half) / 2)
  const extent = Math.round(2 * (centre - start))
  return { start, extent, shift: centre - (start + extent / 2) }
}
