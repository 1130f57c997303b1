/** @file Rotation and mirroring from a container's display matrix. */
import type { Decoding } from './types.ts'

type Orientation = Pick<Decoding, 'rotation' | 'mirrored'>

const quarterTurns = [0, 90, 180, 270] as const

/**
 * Reads a display matrix: nine little-endian int32, of which a = [0], b = [1], c = [3], d = [4]
 * (16.16 fixed point) send a pixel (x, y) to (a·x + c·y, b·x + d·y), y pointing down. Angles
 * between quarter turns are rounded to the nearest. Source: libavutil/display.h.
 */
export function orientationOf(matrix: Uint8Array | null): Orientation {
  if (!matrix || matrix.byteLength < 36) return { rotation: 0, mirrored: false }
  const view = new DataView(matrix.buffer, matrix.byteOffset, matrix.byteLength)
  const [a, b, c, d] = [0, 1, 3, 4].map((i) => view.getInt32(i * 4, true)) as [
    number,
    number,
    number,
    number,
  ]
  const mirrored = a * d - b * c < 0
  // Where the x axis goes, after undoing the mirroring, tells the clockwise angle.
  const angle = (mirrored ? Math.atan2(-b, -a) : Math.atan2(b, a)) / (Math.PI / 2)
  const turns = ((Math.round(angle) % 4) + 4) % 4
  return { rotation: quarterTurns[turns] ?? 0, mirrored }
}
