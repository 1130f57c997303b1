/**
 * @file Pixels between FFmpeg's frames and JavaScript's memory.
 *
 * node-av's own ways are slow or unsafe for that: `frame.data` makes new external buffers for every
 * frame, which keeps the garbage collector busy and which Electron replaces by copies, and
 * `Frame.fromVideoBuffer` lets the frame look at the buffer's memory without keeping it alive
 * (https://github.com/seydx/node-av, src/bindings/frame.cc, FromBuffer). The latter serves here on
 * purpose: FFmpeg then copies straight into, or out of, memory that this file keeps alive.
 */
import type { AVPixelFormat } from 'node-av/constants'
import { avImageGetBufferSize, Frame } from 'node-av/lib'
import { checked } from './ffmpeg.ts'

export interface PixelShape {
  width: number
  height: number
  format: AVPixelFormat
}

/** The pixel format of a video frame, which shares its field with the sample format of audio. */
export function pixelFormatOf(frame: Frame): AVPixelFormat {
  return frame.format as AVPixelFormat
}

/** Memory for one picture: plane after plane, rows without padding. Dispose of it after use. */
export class PixelBuffer implements Disposable {
  readonly bytes: Buffer
  /** A frame whose planes lie in `bytes`. */
  readonly #window: Frame

  /** Takes `bytes` for its memory where they are given. */
  constructor(shape: PixelShape, bytes?: Buffer) {
    const { width, height, format } = shape
    this.bytes = bytes ?? Buffer.alloc(avImageGetBufferSize(format, width, height, 1))
    this.#window = emptyFrame(shape)
    checked(this.#window.fromBuffer(this.bytes), 'pixels could not be laid out')
  }

  /** Whether a frame has the size and format of this buffer. */
  fits(frame: Frame): boolean {
    const { width, height, format } = this.#window
    return frame.width === width && frame.height === height && frame.format === format
  }

  /** Copies a frame that fits into `bytes`. */
  fill(frame: Frame): void {
    checked(this.#window.copy(frame), 'a picture could not be copied')
  }

  /** A new frame that holds a copy of `bytes`. */
  toFrame(): Frame {
    const { width, height } = this.#window
    const frame = emptyFrame({ width, height, format: pixelFormatOf(this.#window) })
    checked(frame.getBuffer(), 'there is no memory for a picture')
    checked(frame.copy(this.#window), 'a picture could not be copied')
    return frame
  }

  [Symbol.dispose](): void {
    this.#window.free()
  }
}

function emptyFrame({ width, height, format }: PixelShape): Frame {
  const frame = new Frame()
  frame.alloc()
  frame.width = width
  frame.height = height
  frame.format = format
  return frame
}

/** A frame that holds a copy of these bytes. */
export function frameOf(bytes: Uint8Array, shape: PixelShape): Frame {
  using pixels = new PixelBuffer(
    shape,
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  )
  return pixels.toFrame()
}

/** A copy of a frame's planes, one after the other, rows without padding. */
export function bytesOf(frame: Frame): Buffer {
  const { width, height } = frame
  using pixels = new PixelBuffer({ width, height, format: pixelFormatOf(frame) })
  pixels.fill(frame)
  return pixels.bytes
}
