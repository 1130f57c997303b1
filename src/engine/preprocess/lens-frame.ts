/** @file The part of the tape that v360 gets to see: the lens in its middle. */
import type { Lens, Size } from '../../shared/recipe.ts'

/**
 * A rectangle in tape pixels; it may reach beyond the tape on every side. All its numbers are even,
 * so that colour stored at half the resolution stays in place.
 */
export interface LensFrame extends Size {
  x: number
  y: number
  /** What is left of the lens's centre beyond the middle of the frame: at most half a pixel. */
  shift: { x: number; y: number }
}

/**
 * The frame that has the lens in its middle (to half a pixel either way) and holds the image circle up to its
 * last pixels, or all of the tape where the circle is larger.
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

/** A rim of this width is given up where the tape would have to be padded for it. */
const sparedPx = 2

/**
 * Where the tape ends well inside the circle, a border of black pixels: v360 shows pixel (0, 0)
 * wherever it has no picture, which must not be a part of the scene.
 */
const blackPx = 2

/** The widest field of view that v360 takes. */
const widestFrame = 360

/** FFmpeg moves pictures in steps of twice this. */
const smallestShiftPx = 1 / 512

function frameAlong(centre: number, { radius, fov }: Lens, length: number) {
  const toNearEnd = Math.min(centre, length - centre)
  const toFarEnd = Math.max(centre, length - centre)
  const isClipped = radius > toNearEnd + sparedPx
  const half = Math.min(
    radius,
    isClipped ? toFarEnd + blackPx : toNearEnd,
    (widestFrame * radius) / fov,
  )
  const start = 2 * Math.ceil((centre - half) / 2)
  const extent = 2 * Math.round(centre - start)
  const shift = centre - (start + extent / 2)
  return { start, extent, shift: Math.abs(shift) < smallestShiftPx ? 0 : shift }
}
