/** @file The wheel with Alt and Shift: size of the brush, opacity of the mask. */

export interface Wheel {
  deltaX: number
  deltaY: number
  deltaMode: number
}

const pixelsPerLine = 40
const pixelsPerNotch = 100

/** Notches of a wheel, away from the user positive. With Shift browsers turn it sideways. */
export function notchesOf({ deltaX, deltaY, deltaMode }: Wheel): number {
  const delta = deltaY === 0 ? deltaX : deltaY
  return -(delta * (deltaMode === 0 ? 1 : pixelsPerLine)) / pixelsPerNotch
}

/** A notch changes a size by a tenth, and by one pixel at least. */
export function resized(size: number, notches: number): number {
  const change = Math.max(1, Math.abs(notches) * size * 0.1)
  return Math.round(size + Math.sign(notches) * change)
}
