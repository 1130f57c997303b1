/** @file A frame of the sample: its picture and what is true of it. */

export interface Frame {
  /** RGB, `[size, size, 3]`. */
  readonly picture: Uint8ClampedArray<ArrayBuffer>
  /** `[size, size]`: 255 where at least half of a pixel shows a person. */
  readonly mask: Uint8Array
}

export function emptyFrame(size: number): Frame {
  return { picture: new Uint8ClampedArray(size * size * 3), mask: new Uint8Array(size * size) }
}
