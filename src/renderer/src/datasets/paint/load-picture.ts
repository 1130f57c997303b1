/** @file A picture of a set and its mask, to be looked at and painted in. */
import { byteAddress, type ImageAddress } from '../../../../shared/byte-routes.ts'
import type { DatasetImage } from '../../../../shared/contract/datasets.ts'
import { toAppError } from '../../../../shared/errors.ts'
import { backgroundIndex, type ClassMask } from '../../../../shared/mask.ts'
import { unpackMask } from '../../../../shared/mask-codec.ts'
import { ofPicture } from '../../annotate/journal/frame-place.ts'
import { fetchBytes } from '../../annotate/paint/frame-pictures.ts'
import { MaskDocument } from '../../annotate/paint/mask-document.ts'
import type { Picture } from '../../annotate/raster/colour.ts'
import type { LabelSession } from '../../annotate/session/label-session.ts'
import { loadBitmap } from '../../canvas/raw-picture.ts'
import { askForBytes } from '../../state/ask-for-bytes.ts'
import { failureOf } from '../../state/bytes-failure.ts'

export interface SetPicture {
  image: DatasetImage
  document: MaskDocument
  /** Null where the set came without it. */
  bitmap: ImageBitmap | null
  /** Its colours; null where they are not known, as of a BMP file. */
  picture: Picture | null
}

type Shown = Pick<SetPicture, 'bitmap' | 'picture'>

/** As a browser shows the file: for what the engine cannot take apart. */
async function bitmapOfFile(address: string, signal: AbortSignal): Promise<ImageBitmap> {
  const response = await askForBytes(address, signal)
  if (!response.ok) throw await failureOf(response)
  return createImageBitmap(await response.blob())
}

async function loadShown(at: ImageAddress, signal: AbortSignal): Promise<Shown> {
  try {
    const { bitmap, ...picture } = await loadBitmap(byteAddress.image(at, 'raw'), signal)
    return { bitmap, picture }
  } catch (error) {
    if (toAppError(error).code !== 'bad-dataset') throw error
    return { bitmap: await bitmapOfFile(byteAddress.image(at, 'file'), signal), picture: null }
  }
}

async function loadMask(
  at: ImageAddress,
  { version, width, height }: DatasetImage,
  signal: AbortSignal,
): Promise<ClassMask> {
  const bytes = await fetchBytes(byteAddress.imageMask(at, 'full', version), signal)
  if (bytes) return unpackMask(new Uint8Array(bytes))
  return { width, height, data: new Uint8Array(width * height).fill(backgroundIndex) }
}

/** Loads a picture with its mask. Throws what the engine says. */
export async function loadSetPicture(
  session: LabelSession,
  at: ImageAddress,
  image: DatasetImage,
  signal: AbortSignal,
): Promise<SetPicture> {
  const place = { tape: at.set, frame: at.position, geometry: ofPicture }
  const { journal } = session
  // What is on its way to the disk belongs to the mask.
  await journal.settled(place)
  const [shown, mask] = await Promise.all([
    image.hasPicture ? loadShown(at, signal) : { bitmap: null, picture: null },
    loadMask(at, image, signal),
  ])
  const document = new MaskDocument(place, mask, (stroke) => journal.append(place, stroke))
  return { image, document, ...shown }
}
