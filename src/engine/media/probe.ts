/** @file What a tape's headers say, and how its frames become upright RGB with square pixels. */
import {
  AV_PKT_DATA_DISPLAYMATRIX,
  AVCOL_RANGE_JPEG,
  AVCOL_RANGE_MPEG,
  type AVPixelFormat,
} from 'node-av/constants'
import { avGetCodecName, avGetPixFmtName, type CodecParameters, type Stream } from 'node-av/lib'
import { AppError } from '../../shared/errors.ts'
import { matrixName } from './colour.ts'
import { openInput, type TapeInput } from './input.ts'
import { orientationOf } from './orientation.ts'
import type { Decoding, TapeInfo } from './types.ts'

/** FFmpeg's own guess where nothing tells the frame rate. */
const ASSUMED_RATE = 25

/** Reads the headers of a video file; throws as `openInput`. */
export async function probeVideo(path: string): Promise<TapeInfo> {
  await using input = await openInput(path)
  return describeTape(input)
}

/**
 * What the headers of an open tape say.
 *
 * @throws AppError `tape-unreadable` when they do not even tell the size of the picture.
 */
export function describeTape(input: TapeInput): TapeInfo {
  const { container, stream, path } = input
  const parameters = stream.codecpar
  const pixelFormat = avGetPixFmtName(parameters.format as AVPixelFormat)
  const codec = avGetCodecName(parameters.codecId) ?? 'unknown'
  if (!pixelFormat || parameters.width < 1 || parameters.height < 1)
    throw new AppError(
      'tape-unreadable',
      `${path} has a ${codec} stream, but nothing in it tells the size of its pictures`,
      'The file may be damaged, or its start may be missing; copy it again.',
    )
  const decoding = describeDecoding(stream, parameters, pixelFormat)
  const rate = stream.avgFrameRate.num > 0 ? stream.avgFrameRate : stream.rFrameRate
  return {
    kind: 'tape',
    path,
    container: container.iformat?.name ?? 'unknown',
    codec,
    pixelFormat,
    ...uprightSize(parameters.width, parameters.height, decoding),
    codedWidth: parameters.width,
    codedHeight: parameters.height,
    framesPerSecond: rate.num > 0 && rate.den > 0 ? rate.num / rate.den : ASSUMED_RATE,
    timeBase: { num: stream.timeBase.num, den: stream.timeBase.den },
    decoding,
  }
}

function describeDecoding(
  stream: Stream,
  parameters: CodecParameters,
  pixelFormat: string,
): Decoding {
  const isRgb = /rgb|bgr|gbr|pal8/.test(pixelFormat)
  return {
    ...orientationOf(parameters.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX)),
    sampleAspectRatio: sampleAspectRatio(stream, parameters),
    deinterlace: 'flagged',
    matrix: isRgb ? 'gbr' : matrixName(parameters.colorSpace, parameters.height),
    range: isRgb ? 'full' : colourRange(parameters, pixelFormat),
  }
}

/** Formats with `j` in their name, and grey, hold the full range unless metadata says otherwise. */
function colourRange(parameters: CodecParameters, pixelFormat: string): Decoding['range'] {
  if (parameters.colorRange === AVCOL_RANGE_JPEG) return 'full'
  if (parameters.colorRange === AVCOL_RANGE_MPEG) return 'limited'
  return /^(yuvj|gray)/.test(pixelFormat) ? 'full' : 'limited'
}

/** Ratios beyond these come from broken headers, not from cameras. */
const WIDEST_PIXEL = 4

/** The container's word goes before the codec's, as players have it. */
function sampleAspectRatio(
  stream: Stream,
  parameters: CodecParameters,
): Decoding['sampleAspectRatio'] {
  for (const { num, den } of [stream.sampleAspectRatio, parameters.sampleAspectRatio])
    if (num > 0 && den > 0 && num <= den * WIDEST_PIXEL && den <= num * WIDEST_PIXEL)
      return { num, den }
  return { num: 1, den: 1 }
}

/**
 * Size of a coded picture once its pixels are square and it stands upright. The shorter side of
 * the pixel is stretched, so that no detail is lost.
 */
export function uprightSize(
  codedWidth: number,
  codedHeight: number,
  decoding: Pick<Decoding, 'sampleAspectRatio' | 'rotation'>,
): { width: number; height: number } {
  const { width, height } = squareSize(codedWidth, codedHeight, decoding.sampleAspectRatio)
  return decoding.rotation % 180 === 0 ? { width, height } : { width: height, height: width }
}

/** Size of a coded picture once its pixels are square. */
export function squareSize(
  codedWidth: number,
  codedHeight: number,
  { num, den }: Decoding['sampleAspectRatio'],
): { width: number; height: number } {
  return {
    width: num > den ? Math.round((codedWidth * num) / den) : codedWidth,
    height: den > num ? Math.round((codedHeight * den) / num) : codedHeight,
  }
}
