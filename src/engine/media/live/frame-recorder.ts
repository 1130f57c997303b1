/**
 * @file Encodes the frames of a camera that sends them as they are, such as a webcam. The file has as
 * many frames a second as the camera announces: one that comes late is preceded by the one before again.
 */
import type { Frame } from 'node-av/lib'
import { encodeTape, type TapeWriter } from '../encode.ts'
import { PicturePipe } from '../picture-pipe.ts'
import { PictureRing } from '../picture-ring.ts'
import type { TapeInfo } from '../types.ts'
import type { Recorder } from './recorder.ts'

/** Little is lost to it, and a webcam needs a gigabyte an hour. */
const crf = 20
const mostFramesPerSecond = 60
/** Longer gaps are left out: a camera was asleep. */
const longestGapSeconds = 5

export class FrameRecorder implements Recorder {
  readonly path: string
  frames = 0
  readonly #tape: TapeWriter
  readonly #pipe: PicturePipe
  readonly #ring = new PictureRing()
  readonly #rate: number
  #start: number | null = null

  private constructor(path: string, tape: TapeWriter, pipe: PicturePipe, rate: number) {
    this.path = path
    this.#tape = tape
    this.#pipe = pipe
    this.#rate = rate
  }

  /** @throws AppError what the disk says */
  static async open(path: string, info: TapeInfo): Promise<FrameRecorder> {
    const [width, height] = [info.width - (info.width % 2), info.height - (info.height % 2)]
    const rate = Math.min(mostFramesPerSecond, Math.max(1, Math.round(info.framesPerSecond)))
    const tape = await encodeTape(path, { width, height, framesPerSecond: rate, crf })
    const isEven = width === info.width && height === info.height
    const filters = isEven ? '' : `crop=${width}:${height}:0:0`
    return new FrameRecorder(path, tape, new PicturePipe(info, filters, 1), rate)
  }

  async packet(): Promise<void> {}

  async frame(frame: Frame, capturedAt: number): Promise<void> {
    this.#start ??= capturedAt
    const due = Math.round((capturedAt - this.#start) * this.#rate)
    if (due < this.frames) return
    using copy = frame.clone()
    if (!copy) return
    await this.#pipe.push(copy, this.frames)
    const picture = this.#ring.copy(this.#pipe.filtered)
    const gap = due - this.frames
    const isTooLong = gap > longestGapSeconds * this.#rate
    if (isTooLong) this.#start += gap / this.#rate
    for (let left = isTooLong ? 0 : gap; left >= 0; left--) {
      await this.#tape.write(picture)
      this.frames++
    }
  }

  async close(): Promise<void> {
    try {
      await this.#tape.close()
    } finally {
      await this.#tape[Symbol.asyncDispose]()
      this.#pipe[Symbol.dispose]()
      this.#ring[Symbol.dispose]()
    }
  }
}
