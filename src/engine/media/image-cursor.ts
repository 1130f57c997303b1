/** @file Access to the frames of a folder of images. */
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { AV_PIX_FMT_RGB24 } from 'node-av/constants'
import type { Frame } from 'node-av/lib'
import { AppError } from '../../shared/errors.ts'
import type { FrameCursor } from './frame-cursor.ts'
import { loadImage } from './image-file.ts'
import { frameOf } from './pixels.ts'
import type { TapeIndex } from './types.ts'

/** Reads the images of a folder by number. */
export class ImageCursor implements FrameCursor {
  readonly #folder: string
  readonly #index: TapeIndex
  #frame: Frame | null = null

  constructor(folder: string, index: TapeIndex) {
    this.#folder = folder
    this.#index = index
  }

  async frame(number: number): Promise<Frame> {
    const path = join(this.#folder, this.#index.files[number] ?? '')
    const { image } = await loadImage(path)
    if (crc32(image.data) !== this.#index.checksums[number])
      throw new AppError(
        'tape-changed',
        `${path} is not the image it was when the folder was indexed`,
        'Put the old image back, or add the folder as a new tape.',
      )
    this.#frame?.free()
    const { width, height, data } = image
    this.#frame = frameOf(data, { width, height, format: AV_PIX_FMT_RGB24 })
    return this.#frame
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#frame?.free()
  }
}
