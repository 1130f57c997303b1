/** @file Very small pictures, to tell whether neighbours of a recording look the same. */
import sharp from 'sharp'

/** Side of a thumbnail in pixels. */
const side = 16

/** A picture file as 16x16 greys; null where it cannot be decoded. */
export async function thumbnailOf(file: string): Promise<Uint8Array | null> {
  try {
    const picture = sharp(file, { failOn: 'none' }).greyscale()
    const data = await picture
      .resize(side, side, { fit: 'fill', kernel: 'linear' })
      .raw({ depth: 'uchar' })
      .toBuffer()
    return data.length === side * side ? data : null
  } catch {
    return null
  }
}

/** Mean difference of grey levels from which on two pictures differ: above the noise of a camera. */
const differing = 2

/** Whether two pictures look the same. */
export function looksSame(a: Uint8Array, b: Uint8Array): boolean {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += Math.abs((a[i] ?? 0) - (b[i] ?? 0))
  return sum < differing * a.length
}
