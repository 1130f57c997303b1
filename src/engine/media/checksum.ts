/** @file The checksum that tells one decoded frame from another. */
import { crc32 } from 'node:zlib'
import { avImageGetBufferSize, type Frame } from 'node-av/lib'
import { copyPixels, pixelFormatOf } from './ffmpeg.ts'

/**
 * A function that takes the CRC-32 of a frame's planes as the decoder gave them: visible pixels
 * only, plane after plane, no padding. It keeps one buffer, so share it between frames.
 */
export function frameChecksum(): (frame: Frame) => number {
  let packed = Buffer.alloc(0)
  return (frame) => {
    const size = avImageGetBufferSize(pixelFormatOf(frame), frame.width, frame.height, 1)
    if (packed.length !== size) packed = Buffer.alloc(size)
    copyPixels(frame, packed)
    return crc32(packed)
  }
}
