/** @file A picture with its mask, as augmentation takes and gives it. */
import { AppError } from '../../shared/errors.ts'
import type { Size } from '../../shared/recipe.ts'

export interface Sample extends Size {
  /** `[height, width, 3]`, RGB. */
  picture: Uint8Array
  /** `[height, width]`, class indices, 255 = ignore; null where there is none. */
  mask: Uint8Array | null
}

/** Throws `mask-size-differs` or `bad-value` when the arrays are not of the sample's size. */
export function checkSample({ width, height, picture, mask }: Sample): void {
  if (picture.length !== 3 * width * height)
    throw new AppError(
      'bad-value',
      `a picture of ${width}x${height} has ${3 * width * height} bytes, this one ${picture.length}`,
      'Give width, height and RGB bytes of the same picture.',
    )
  if (mask && mask.length !== width * height)
    throw new AppError(
      'mask-size-differs',
      `a mask of ${width}x${height} has ${width * height} pixels, this one ${mask.length}`,
      'Give the mask of this picture.',
    )
}

/** The same bytes; what is written through it is rounded, halves to even, and kept in 0 … 255. */
export function roundedView({ buffer, byteOffset, length }: Uint8Array): Uint8ClampedArray {
  return new Uint8ClampedArray(buffer, byteOffset, length)
}
