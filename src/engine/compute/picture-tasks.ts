/** @file Tasks that somebody at a screen waits for: the picture in view, thumbnails, one prediction. */
import sharp from 'sharp'
import type { NetworkOptions } from '../infer/network.ts'
import { type Prediction, Predictor } from '../infer/predictor.ts'
import type { Picture } from '../media/types.ts'
import { OpenTapes } from './open-tapes.ts'
import { type TapeReference, unknownTape } from './tape-reference.ts'
import type { TaskContext } from './types.ts'

const tapes = new OpenTapes()
const predictor = new Predictor()

export interface PictureRequest {
  tape: TapeReference
  frame: number
  /** Native filters, see preprocess/filter-chain.ts; '' = the tape's own picture. */
  filters: string
}

/** Width and height, big-endian, then RGB; see shared/byte-routes.ts. */
function rawPicture({ width, height, data }: Picture): Uint8Array {
  const bytes = new Uint8Array(8 + data.length)
  const header = new DataView(bytes.buffer)
  header.setUint32(0, width)
  header.setUint32(4, height)
  bytes.set(data, 8)
  return bytes
}

/** A picture as the bytes of a file, or raw. Quick rather than small: it stays on this machine. */
const formats = {
  raw: rawPicture,
  png: ({ width, height, data }: Picture): Promise<Uint8Array> =>
    sharp(data, { raw: { width, height, channels: 3 } })
      .png({ compressionLevel: 1 })
      .toBuffer(),
} as const

/** The picture in view. Throws `no-such-frame`, `bad-recipe`, `cancelled`, what opening the tape throws. */
export async function tapePicture(
  { tape, format, ...wanted }: PictureRequest & { format: keyof typeof formats },
  { signal }: TaskContext<never>,
): Promise<Uint8Array | typeof unknownTape> {
  const pictures = tapes.get(tape)?.pictures
  return pictures ? pictures.picture(wanted, signal, formats[format]) : unknownTape
}

/** A small picture as JPEG; its filters make it small. Throws as `tapePicture`. */
export async function tapeThumbnail(
  { tape, frame, filters }: PictureRequest,
  { signal }: TaskContext<never>,
): Promise<Uint8Array | typeof unknownTape> {
  const thumbnails = tapes.get(tape)?.thumbnails
  return thumbnails ? thumbnails.thumbnail(frame, filters, signal) : unknownTape
}

/** What a network sees in a frame. Throws as `tapePicture`, and what opening the network throws. */
export async function predictFrame(
  {
    tape,
    network,
    modelHash,
    ...wanted
  }: PictureRequest & { network: NetworkOptions; modelHash: string },
  { signal }: TaskContext<never>,
): Promise<Prediction | typeof unknownTape> {
  const pictures = tapes.get(tape)?.pictures
  if (!pictures) return unknownTape
  const picture = await pictures.picture(wanted, signal, ({ data }) => new Uint8Array(data))
  return predictor.predict(picture, network, modelHash)
}
