/** @file Writes the frames of the sample: pictures to the tape, masks to files. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { maskFileName } from '../labels/mask-names.ts'
import { encodeTape, type TapeWriter } from '../media/encode.ts'
import type { Frame } from './draw/frame.ts'

/** Surveillance recorders compress about this hard. */
const crf = 27

/** Whoever opens it closes it; leaving its scope without that removes the tape. */
export class SampleWriter implements AsyncDisposable {
  readonly #tape: TapeWriter
  readonly #masks: string
  readonly #size: number
  #frames = 0
  #underWay: readonly Promise<void>[] = []

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
    await Promise.all(this.#underWay)
    this.#underWay = [
      this.#tape.write(new Uint8Array(picture.buffer)),
      this.#writeMask(mask, join(this.#masks, maskFileName(this.#frames++))),
    ]
    // The next call throws the error; until then it must not end the process.
    for (const work of this.#underWay) work.catch(() => {})
  }

  async #writeMask(mask: Uint8Array, path: string): Promise<void> {
    const image = sharp(mask, { raw: { width: this.#size, height: this.#size, channels: 1 } })
    const png = image.toColourspace('b-w').png({ compressionLevel: 3, adaptiveFiltering: false })
    await writeFile(path, await png.toBuffer())
  }

  async close(): Promise<void> {
    await Promise.all(this.#underWay)
    await this.#tape.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled(this.#underWay)
    await this.#tape[Symbol.asyncDispose]()
  }
}
