/** @file Memory that the pictures of one sequence take turns in. */
import type { Frame } from 'node-av/lib'
import { PixelBuffer, pixelFormatOf } from './pixels.ts'

/** One picture is with the caller, one is being made ahead, and one lies between them. */
const BUFFERS = 3

/** Whoever makes a ring disposes of it; pictures that were given out stay valid. */
export class PictureRing implements Disposable {
  /** In the order of their last use. */
  readonly #buffers: PixelBuffer[] = []

  /** Copies a frame; the bytes stay as they are until two more frames have been copied. */
  copy(frame: Frame): Buffer {
    const buffer = this.#next(frame)
    buffer.fill(frame)
    this.#buffers.push(buffer)
    return buffer.bytes
  }

  #next(frame: Frame): PixelBuffer {
    const oldest = this.#buffers.length < BUFFERS ? undefined : this.#buffers.shift()
    if (oldest?.fits(frame)) return oldest
    oldest?.[Symbol.dispose]()
    const { width, height } = frame
    return new PixelBuffer({ width, height, format: pixelFormatOf(frame) })
  }

  [Symbol.dispose](): void {
    for (const buffer of this.#buffers) buffer[Symbol.dispose]()
  }
}
