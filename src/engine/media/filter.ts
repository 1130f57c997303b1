/** @file Single pictures through FFmpeg's filters, without a tape. */
import { AV_PIX_FMT_GRAY8, AV_PIX_FMT_RGB24, type AVPixelFormat } from 'node-av/constants'
import { Frame } from 'node-av/lib'
import { AppError } from '../../shared/errors.ts'
import { Graph } from './graph.ts'
import { bytesOf, frameOf } from './pixels.ts'

/** The pixel formats of pictures outside a tape: FFmpeg's number and the bytes of one pixel. */
export const pictureFormats = {
  rgb24: { native: AV_PIX_FMT_RGB24, bytes: 3 },
  gray8: { native: AV_PIX_FMT_GRAY8, bytes: 1 },
} as const satisfies Record<string, { native: AVPixelFormat; bytes: number }>

export type PictureFormat = keyof typeof pictureFormats

/** What the pictures that enter a filter look like. */
export interface PictureShape {
  width: number
  height: number
  pixelFormat: PictureFormat
}

/** `[height, width, channels]`, rows without padding, in the format that went in. */
export interface FilteredPicture {
  width: number
  height: number
  data: Uint8Array
}

/** Whoever opens a filter closes it. */
export interface PictureFilter extends Disposable {
  /** Filters one picture; the result is the caller's to keep. One call at a time. */
  apply(data: Uint8Array): Promise<FilteredPicture>
}

/**
 * Prepares FFmpeg filters (such as `v360=…`) for pictures of one shape. The filters must give one
 * picture for each that goes in.
 *
 * @throws AppError `bad-recipe` when FFmpeg refuses the filters.
 */
export async function openFilter(shape: PictureShape, filters: string): Promise<PictureFilter> {
  const { width, height, pixelFormat } = shape
  const { native, bytes } = pictureFormats[pixelFormat]
  const name = pixelFormat === 'gray8' ? 'gray' : pixelFormat
  // The planes of a frame made from our buffer lie outside the memory that FFmpeg believes it owns;
  // filters that work in place (pad) would corrupt the heap. The copy is FFmpeg's own.
  const graph = await Graph.open(
    {
      width,
      height,
      pixelFormat: name,
      matrix: pixelFormat === 'gray8' ? 'bt709' : 'gbr',
      range: 'full',
      timeBase: { num: 1, den: 1 },
    },
    ['copy', filters, `format=${name}`].filter(Boolean).join(','),
    FILTER_THREADS,
  )
  let count = 0n
  return {
    async apply(data) {
      checkSize(data, width * height * bytes)
      using input = frameOf(data, { width, height, format: native })
      using output = new Frame()
      output.alloc()
      input.pts = count++
      graph.push(input)
      if (!(await graph.pull(output)))
        throw new AppError('bad-recipe', `the filters "${filters}" gave no picture for a picture`)
      return { width: output.width, height: output.height, data: bytesOf(output) }
    },
    [Symbol.dispose]: () => graph[Symbol.dispose](),
  }
}

const FILTER_THREADS = 2

/** @throws AppError `bad-value` when a picture has not the bytes that its shape asks for. */
export function checkSize(data: Uint8Array, expected: number): void {
  if (data.length === expected) return
  throw new AppError('bad-value', `a picture has ${data.length} bytes, ${expected} were expected`)
}
