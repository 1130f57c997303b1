/** @file One picture at a time, as bytes, through the network that was used last, which stays open. */
import sharp from 'sharp'
import { AppError, throwIfCancelled } from '../../shared/errors.ts'
import { openSegmenter, type Segmenter } from '../infer/segmenter.ts'
import { decodeWithSharp, type RgbImage } from '../media/sharp-image.ts'
import { pictureEncodings } from '../segment/encode-picture.ts'
import { classCounts, countClasses } from '../segment/render.ts'
import { look, type SegmentOptions } from '../segment/segment-options.ts'
import type { TaskContext } from './types.ts'

export interface SegmentPictureRequest extends SegmentOptions {
  /** An image file's content. */
  bytes: Uint8Array
  /** Larger pictures are refused before they are decoded. */
  mostPixels: number
  /** Tells apart networks that have lain in one folder. */
  modelHash: string
}

export interface SegmentedBytes {
  width: number
  height: number
  device: string
  classes: { index: number; pixels: number }[]
  /** What was asked for, as an image file. */
  file: Uint8Array
  /** Of looking alone, without decoding and encoding. */
  seconds: number
}

/** Kinds of image files by what their bytes say. */
const formats: readonly (string | undefined)[] = ['jpeg', 'png', 'webp', 'tiff']

/** A network that nobody has asked for so long is closed: it holds hundreds of megabytes. */
const idleMs = 60_000

let open: { key: string; segmenter: Segmenter } | null = null
let idleTimer: NodeJS.Timeout | undefined
/** The picture under way: a network looks at one at a time. */
let turn: Promise<unknown> = Promise.resolve()

async function close(): Promise<void> {
  const last = open
  open = null
  await last?.segmenter[Symbol.asyncDispose]()
}

async function segmenterFor({ bytes: _, ...request }: SegmentPictureRequest): Promise<Segmenter> {
  const { modelFolder, modelHash, input, longest, look: wanted, device, threads } = request
  const key = JSON.stringify([modelFolder, modelHash, input, longest, wanted, device, threads])
  if (open?.key === key) return open.segmenter
  await close()
  const segmenter = await openSegmenter({ ...request, classes: null })
  open = { key, segmenter }
  return segmenter
}

/** @throws AppError `bad-value` for bytes that are no image, `unsupported-picture`, `picture-too-large` */
async function decode(bytes: Uint8Array, mostPixels: number): Promise<RgbImage> {
  const unreadable = (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    return new AppError(
      'bad-value',
      `the picture cannot be decoded: ${reason}`,
      'Send another one.',
    )
  }
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const {
    format,
    width = 0,
    height = 0,
  } = await sharp(buffer)
    .metadata()
    .catch((error: unknown) => {
      throw unreadable(error)
    })
  if (!formats.includes(format))
    throw new AppError(
      'unsupported-picture',
      `the picture is of the kind ${format}`,
      'Send JPEG, PNG, WebP or TIFF.',
    )
  if (width * height > mostPixels)
    throw new AppError(
      'picture-too-large',
      `the picture has ${width}x${height} pixels; ${mostPixels} at most were expected`,
      'Make it smaller.',
    )
  return decodeWithSharp(buffer).catch((error: unknown) => {
    throw unreadable(error)
  })
}

async function segmentNow(
  request: SegmentPictureRequest,
  signal: AbortSignal,
): Promise<SegmentedBytes> {
  throwIfCancelled(signal, 'looking at a picture')
  clearTimeout(idleTimer)
  try {
    const image = await decode(request.bytes, request.mostPixels)
    const segmenter = await segmenterFor(request)
    throwIfCancelled(signal, 'looking at a picture')
    const started = performance.now()
    const seen = await look(segmenter, image, request)
    const seconds = (performance.now() - started) / 1000
    const { width, height } = seen.mask
    const classes = classCounts(countClasses(seen.mask))
    const file = await pictureEncodings[request.mode](seen)
    return { width, height, device: segmenter.device, classes, file, seconds }
  } finally {
    idleTimer = setTimeout(() => {
      turn = turn.then(close, close)
    }, idleMs).unref()
  }
}

/**
 * What a network sees in a picture. Calls take turns; the network stays open for the next one.
 * @throws AppError as `decode` in this file, what opening and running the network throw, `cancelled`
 */
export function segmentPicture(
  request: SegmentPictureRequest,
  { signal }: TaskContext<never>,
): Promise<SegmentedBytes> {
  const result = turn.then(() => segmentNow(request, signal))
  turn = result.catch(() => {})
  return result
}
