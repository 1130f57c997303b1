/** @file Decodes one image file to upright RGB. */
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { AV_CODEC_ID_BMP } from 'node-av/constants'
import { avGetPixFmtName, Codec, CodecContext, Frame, Packet } from 'node-av/lib'
import { AppError, toAppError } from '../../shared/errors.ts'
import { checked, required } from './ffmpeg.ts'
import { Graph } from './graph.ts'
import { bytesOf, pixelFormatOf } from './pixels.ts'
import { decodeWithSharp, type RgbImage } from './sharp-image.ts'

type ImageDecoder = (bytes: Buffer) => Promise<RgbImage>

/** The kinds of image file that a folder may hold, by extension in lower case. */
const decoders: Record<string, ImageDecoder> = {
  '.jpg': decodeWithSharp,
  '.jpeg': decodeWithSharp,
  '.png': decodeWithSharp,
  '.webp': decodeWithSharp,
  '.tif': decodeWithSharp,
  '.tiff': decodeWithSharp,
  '.bmp': decodeBmp,
}

/** Whether a file belongs to a folder of images, by its name. */
export function isImageName(name: string): boolean {
  return !name.startsWith('.') && Object.hasOwn(decoders, extname(name).toLowerCase())
}

/** An image file as it is on disk and as pixels. */
export interface LoadedImage {
  bytes: Buffer
  image: RgbImage
}

/**
 * Reads and decodes an image file. EXIF orientation is applied, transparency dropped, 16 bits
 * become 8.
 *
 * @throws AppError `no-such-file`, or `tape-unreadable` with the name of a file that is broken.
 */
export async function loadImage(path: string): Promise<LoadedImage> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw toAppError(error, path)
  })
  const decode = decoders[extname(path).toLowerCase()] ?? decodeWithSharp
  try {
    return { bytes, image: await decode(bytes) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError(
      'tape-unreadable',
      `${path} cannot be decoded as an image: ${reason}`,
      'Replace the file, or take it out of the folder.',
      { cause: error },
    )
  }
}

/** The one kind that sharp's build leaves out. */
async function decodeBmp(bytes: Buffer): Promise<RgbImage> {
  using decoder = new CodecContext()
  using packet = new Packet()
  using frame = new Frame()
  const codec = required(Codec.findDecoder(AV_CODEC_ID_BMP), 'the BMP decoder')
  packet.alloc()
  frame.alloc()
  packet.data = bytes
  decoder.allocContext3(codec)
  checked(await decoder.open2(codec), 'the BMP decoder does not start')
  checked(decoder.sendPacketSync(packet), 'damaged BMP')
  checked(decoder.receiveFrameSync(frame), 'damaged BMP')
  return await toRgb(frame)
}

async function toRgb(frame: Frame): Promise<RgbImage> {
  const { width, height } = frame
  using graph = await Graph.open(
    {
      width,
      height,
      pixelFormat: avGetPixFmtName(pixelFormatOf(frame)) ?? 'none',
      matrix: 'gbr',
      range: 'full',
      timeBase: { num: 1, den: 1 },
    },
    'format=rgb24',
    1,
  )
  using result = new Frame()
  result.alloc()
  graph.push(frame)
  await graph.pull(result)
  return { width, height, data: bytesOf(result) }
}
