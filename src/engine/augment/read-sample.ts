/** @file A picture and its mask from files. */
import { readFile } from 'node:fs/promises'
import { AppError, toAppError } from '../../shared/errors.ts'
import { type MaskClass, maximumClassIndex } from '../../shared/mask.ts'
import type { MaskEncoding } from '../formats/mask-encoding.ts'
import { readMask } from '../formats/mask-file.ts'
import { parseMaskMap } from '../formats/mask-map.ts'
import { colourText, vocColour } from '../formats/voc/voc-classes.ts'
import { loadImage } from '../media/image-file.ts'
import type { Sample } from './sample.ts'

/** Any class index, for masks of which nothing else is known. */
const anyClasses: readonly MaskClass[] = Array.from(
  { length: maximumClassIndex + 1 },
  (_, index) => ({
    ...{ index, name: index === 0 ? 'background' : String(index) },
    colour: colourText(vocColour(index)),
  }),
)

/** How a mask file is read; nothing said = found out, where that is certain. */
export interface MaskWords {
  encoding?: MaskEncoding | undefined
  /** `VALUE=ignore`, `VALUE=background` or `VALUE=INDEX`. */
  map?: readonly string[] | undefined
}

async function readBytes(path: string): Promise<Buffer> {
  return await readFile(path).catch((error: unknown) => {
    throw toAppError(error, path)
  })
}

/**
 * Reads an image file, upright and as RGB, and its mask's class indices.
 *
 * @throws AppError `no-such-file`, `tape-unreadable` for a picture, `bad-mask` or `undeclared-values`
 * for a mask that cannot be read, `mask-size-differs` where it is of another size.
 */
export async function readSample(
  picturePath: string,
  maskPath: string | undefined,
  { encoding, map }: MaskWords,
): Promise<Sample> {
  const { width, height, data } = (await loadImage(picturePath)).image
  if (maskPath === undefined) return { width, height, picture: data, mask: null }
  const { mask } = await readMask(await readBytes(maskPath), maskPath, {
    ...{ classes: anyClasses, encoding },
    ...(map && { map: parseMaskMap(map, anyClasses) }),
  })
  if (mask.width !== width || mask.height !== height)
    throw new AppError(
      'mask-size-differs',
      `${maskPath} is ${mask.width}x${mask.height}, its picture ${width}x${height}`,
      'Give the mask of this picture, in its size.',
    )
  return { width, height, picture: data, mask: mask.data }
}
