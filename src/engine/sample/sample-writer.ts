/** @file Writes the frames of the sample: pictures to the tape, masks to files. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { maskFileName } from '../dataset/mask-names.ts'
import { encodeTape, type TapeWriter } from '../media/encode.ts'
import type { Frame } from './draw/frame.ts'

/** Surveillance recorders compress about this hard. */
const crf = 27

export class SampleWriter implements AsyncDisposable {
  readonly #tape: TapeWriter
  readonly #masks: string
  readonly #size: number
  #frames = 0
  #writing: Promise<unknown> = Promise.resolve()

  private constructor(tape: TapeWriter, masks: string, size: number) {
    this.#tape = tape
    this.#masks = masks
    this.#size = size
  }

  /** Starts `tape.mp4` and the folder `masks` in a folder. */
  static async open(
    folder: string,
    { size, framesPerSecond }: { size: number; framesPerSecond: number },
    signal: AbortSignal | undefined,
  ): Promise<SampleWriter> {
    const masks = join(folder, 'masks')
    await mkdir(masks)
    const path = join(folder, 'tape.mp4')
    const options = { width: size, height: size, framesPerSecond, crf, signal }
    return new SampleWriter(await encodeTape(path, options), masks, size)
  }

  /** Begins to write a frame when the one before is written; it must not change until the next call. */
  async add({ picture, mask }: Frame): Promise<void> {
    await this.#writing
    this.#writing = Promise.all([
      this.#tape.write(new Uint8Array(picture.buffer)),
      this.#writeMask(mask),
    ])
    // Whoever waits for it next gets the error; until then it must not end the process.
    this.#writing.catch(() => {})
  }

  #writeMask(mask: Uint8Array): Promise<unknown> {
    return sharp(mask, { raw: { width: this.#size, height: this.#size, channels: 1 } })
      .toColourspace('b-w')
      .png({ compressionLevel: 3, adaptiveFiltering: false })
      .toFile(join(this.#masks, maskFileName(this.#frames++)))
  }

  async close(): Promise<void> {
    await this.#writing
    await this.#tape.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled([this.#writing])
    await this.#tape[Symbol.asyncDispose]()
  }
}
