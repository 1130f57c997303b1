/** @file Pictures of sets and their masks. */
import { imageThumbnailSide } from '../../shared/byte-routes.ts'
import { AppError } from '../../shared/errors.ts'
import type { ClassMask } from '../../shared/mask.ts'
import { packMask } from '../../shared/mask-codec.ts'
import type { Size } from '../../shared/recipe.ts'
import { findImage } from '../db/image-labels.ts'
import { getImageSet, pictureOf, type StoredImage } from '../db/image-sets.ts'
import { paintedMask } from '../db/painted-masks.ts'
import { rawPicture, shownPicture, sizeWithin, smallPicture } from '../image-sets/picture-file.ts'
import { loadUserSettings } from '../projects/user-settings.ts'
import type { OpenProject } from '../workbench/open-project.ts'
import type { Roots } from '../workbench/roots.ts'
import { bytesAnswer } from './answers.ts'
import { numberIn, wordIn } from './byte-request.ts'
import { answerStroke } from './strokes.ts'
import { thumbnailCacheOf } from './thumbnails.ts'

/** A request about a picture of a set. */
export interface ImageRequest {
  open: OpenProject
  /** What pages may reach: a set may name pictures anywhere. */
  roots: Roots
  set: number
  image: StoredImage
  query: URLSearchParams
  request: Request
}

/** @throws AppError `no-such-dataset`, `no-such-file` */
export function imageOf(
  open: OpenProject,
  setText: string,
  positionText: string,
): Pick<ImageRequest, 'open' | 'set' | 'image'> {
  const { project } = open.engine
  const set = getImageSet(project, numberIn(setText))
  const image = findImage(project, set.id, numberIn(positionText))
  if (image) return { open, set: set.id, image }
  throw new AppError(
    'no-such-file',
    `set ${set.id} has no picture ${positionText.slice(0, 20)}`,
    'Reload the page.',
  )
}

/** Absolute path of the picture. Throws `no-such-file` where the set came without it. */
export function fileOf({ open, image, roots }: ImageRequest): string {
  const file = pictureOf(open.engine.project, image)
  if (file !== null) return roots.require(file)
  throw new AppError(
    'no-such-file',
    `the set came without the picture ${image.name}`,
    'Import it again together with its pictures.',
  )
}

async function answerPicture(wanted: ImageRequest): Promise<Response> {
  const file = fileOf(wanted)
  if (wordIn(wanted.query, 'format', ['file', 'raw']) === 'raw')
    return bytesAnswer(await rawPicture(file), 'raw')
  const { bytes, type } = await shownPicture(file)
  return bytesAnswer(bytes, type)
}

async function answerThumbnail(wanted: ImageRequest): Promise<Response> {
  const { open, image } = wanted
  const { project } = open.engine
  const file = fileOf(wanted)
  const key = { view: `image ${image.sha256} ${imageThumbnailSide}`, frame: 0 }
  const known = thumbnailCacheOf(project).get(key)
  if (known) return bytesAnswer(known, 'jpeg')
  const jpeg = await smallPicture(file, sizeWithin(image, imageThumbnailSide))
  const { cacheMegabytes } = await loadUserSettings()
  if (project.db.open) thumbnailCacheOf(project).add(key, jpeg, cacheMegabytes * 2 ** 20)
  return bytesAnswer(jpeg, 'jpeg')
}

/** The pixel in the middle of what each pixel of the smaller mask covers. */
function smaller({ width, height, data }: ClassMask, size: Size): ClassMask {
  const small = new Uint8Array(size.width * size.height)
  for (let y = 0, to = 0; y < size.height; y++) {
    const row = Math.floor(((y + 0.5) * height) / size.height) * width
    for (let x = 0; x < size.width; x++, to++)
      small[to] = data[row + Math.floor(((x + 0.5) * width) / size.width)] ?? 0
  }
  return { ...size, data: small }
}

async function answerMask({ open, set, image, query }: ImageRequest): Promise<Response> {
  const painted = paintedMask(open.engine.project, { source: set, frame: image.position })
  if (!painted) throw new AppError('no-such-file', `${image.name} has no mask`, 'Paint one.')
  const { mask } = painted
  if (wordIn(query, 'size', ['full', 'small']) === 'full') return bytesAnswer(packMask(mask), 'raw')
  return bytesAnswer(packMask(smaller(mask, sizeWithin(mask, imageThumbnailSide))), 'raw')
}

/** By the last part of the address. */
export const answerImage: Readonly<Record<string, (wanted: ImageRequest) => Promise<Response>>> = {
  picture: answerPicture,
  thumbnail: answerThumbnail,
  mask: answerMask,
}

/** A stroke of a picture; `open` is for writing. */
export function answerImageStroke({ open, set, image, ...rest }: ImageRequest): Promise<Response> {
  return answerStroke(open, {
    at: { source: set, frame: image.position },
    part: 'datasets',
    ...rest,
  })
}
