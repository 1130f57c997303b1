/** @file How large a picture of a COCO file is. */
import { AppError } from '../../../shared/errors.ts'
import type { Size } from '../../../shared/recipe.ts'
import { pictureSize, sizeProblem } from '../picture-size.ts'
import type { Image } from './schema.ts'

/** More than any camera's; what a file claims is not to fill the memory. */
const maximumPixels = 2 ** 28

/**
 * The size that the file gives, which must be that of the picture where it is there; or the picture's.
 *
 * @throws AppError `bad-dataset` where there is none, it is too large, or they differ
 */
export async function sizeOfImage(
  { file_name: name, width, height }: Image,
  picture: string | null,
): Promise<Size> {
  const declared = width === undefined || height === undefined ? null : { width, height }
  const actual = picture === null ? null : await pictureSize(picture)
  const why = declared && actual ? sizeProblem(declared, actual) : null
  if (why !== null) throw new AppError('bad-dataset', `${name} ${why}`)
  const size = declared ?? actual
  if (size === null)
    throw new AppError(
      'bad-dataset',
      `${name} has no width and height, and the picture is not there`,
    )
  if (size.width * size.height > maximumPixels)
    throw new AppError(
      'bad-dataset',
      `${name} has ${size.width}x${size.height} pixels; up to ${maximumPixels} were expected`,
    )
  return size
}
