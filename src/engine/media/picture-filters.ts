/** @file The filter chain from a decoded frame to the picture that a reader gives. */
import { squareSize } from './probe.ts'
import type { Decoding, TapeInfo } from './types.ts'

const rotations: Record<Decoding['rotation'], string> = {
  0: '',
  90: 'transpose=clock',
  180: 'hflip,vflip',
  270: 'transpose=cclock',
}

/**
 * FFmpeg filters that deinterlace, square the pixels, set the picture upright, apply `filters`
 * and convert to RGB. Colours are converted last: by then the picture is small, and the filters
 * before handle a third less data. `frame` is the size of the frame that goes in.
 */
export function pictureFilters(
  info: TapeInfo,
  frame: { width: number; height: number },
  filters: string,
): string {
  const { decoding } = info
  const size = squareSize(info.codedWidth, info.codedHeight, decoding.sampleAspectRatio)
  const resized = size.width !== frame.width || size.height !== frame.height
  return [
    decoding.deinterlace === 'flagged' ? 'bwdif=mode=send_frame:deint=interlaced' : '',
    resized ? `scale=${size.width}:${size.height}:flags=bicubic` : '',
    decoding.mirrored ? 'hflip' : '',
    rotations[decoding.rotation],
    filters,
    toRgb(decoding),
  ]
    .filter(Boolean)
    .join(',')
}

function toRgb({ matrix, range }: Decoding): string {
  if (matrix === 'gbr') return 'format=rgb24'
  return `scale=in_color_matrix=${matrix}:in_range=${range}:out_range=full,format=rgb24`
}
