/** @file The checksum that tells one decoded frame from another. */
import { crc32 } from 'node:zlib'
import type { Frame } from 'node-av/lib'
import { PixelBuffer, pixelFormatOf } from './pixels.ts'

/** Whoever makes one disposes of it; it keeps memory for one frame. */
export class FrameChecksum implements Disposable {
  #pixels: PixelBuffer | null = null

  /**
   * CRC-32 of a frame's planes as the decoder gave them: visible pixels only, plane after plane,
   * no padding.
   */
  of(frame: Frame): number {
    if (!this.#pixels?.fits(frame)) {
      this.#pixels?.[Symbol.dispose]()
      const { width, height } = frame
      this.#pixels = new PixelBuffer({ width, height, format: pixelFormatOf(frame) })
    }
    this.#pixels.fill(frame)
    return crc32(this.#pixels.bytes)
  }

  [Symbol.dispose](): void {
    this.#pixels?.[Symbol.dispose]()
  }
}
