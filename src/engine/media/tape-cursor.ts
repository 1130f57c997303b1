/** @file Exact access to the frames of a video file. */
import type { Frame } from 'node-av/lib'
import { AppError } from '../../shared/errors.ts'
import { lastAtMost } from './ascending.ts'
import { FrameChecksum } from './checksum.ts'
import { Decoder } from './decoder.ts'
import type { FrameCursor } from './frame-cursor.ts'
import { timestamp } from './frame-notes.ts'
import { pacer } from './pace.ts'
import type { TapeIndex } from './types.ts'

/** Seeking empties the decoder's pipeline; decoding so many frames more costs no more than that. */
const SEEK_COST_FRAMES = 8

/** A run from the start to so near a frame is no great loss. */
const CHEAP_START_FRAMES = 250

/** After a seek, frames with timestamps unknown to the index; more mean that it went astray. */
const MOST_STRAYS = 32

/**
 * Containers seek approximately and decoders start approximately: a seek may land elsewhere, and
 * the first frames after it may lack their references (open GOP, intra refresh). So a frame counts
 * as found only when its timestamp and the checksum of its pixels are those of the index. Where
 * they are not, the search begins again further back, at last at the start of the tape.
 */
export class TapeCursor implements FrameCursor {
  readonly #index: TapeIndex
  #threads: number
  readonly #checksum = new FrameChecksum()
  #decoder: Decoder
  /** Number of the frame that the decoder gives next. */
  #position = 0
  /** Whether frames are still to be compared with the index: always after a seek. */
  #unproven = true
  #fromStart = true
  /** How many seek points before the nearest one the last search that succeeded had begun. */
  #stepsBack = 0
  /** False once a jump forward has cost a run from the start. */
  #jumps = true
  /** False for streams without a container, which know no times to seek to. */
  #seekable = true

  private constructor(index: TapeIndex, decoder: Decoder, threads: number) {
    this.#index = index
    this.#decoder = decoder
    this.#threads = threads
  }

  static async open(path: string, index: TapeIndex, threads: number): Promise<TapeCursor> {
    return new TapeCursor(index, await Decoder.open(path, { threads }), threads)
  }

  async frame(number: number, signal?: AbortSignal): Promise<Frame> {
    const pace = pacer(signal, `reading ${this.#decoder.input.path}`)
    const ahead = number >= this.#position
    if (ahead && !this.#isFar(number)) {
      const frame = await this.#decodeTo(number, pace)
      if (frame) return frame
      return this.#search(number, this.#stepsBack * 2 || 1, pace)
    }
    const before = this.#position
    const frame = await this.#search(number, this.#stepsBack, pace)
    if (ahead && this.#fromStart && before > CHEAP_START_FRAMES) this.#jumps = false
    return frame
  }

  #isFar(number: number): boolean {
    if (!this.#jumps || !this.#seekable) return false
    const { seekPoints } = this.#index
    const point = seekPoints[lastAtMost(seekPoints, number)] ?? 0
    return point - this.#position > SEEK_COST_FRAMES
  }

  /** Decodes on to a frame; null when it is not the one of the index. */
  async #decodeTo(number: number, pace: () => Promise<void>): Promise<Frame | null> {
    for (;;) {
      const frame = this.#decoder.next()
      if (!frame) return null
      if (this.#position++ === number) return this.#isProven(frame, number) ? frame : null
      await pace()
    }
  }

  #isProven(frame: Frame, number: number): boolean {
    if (!this.#unproven) return true
    if (this.#checksum.of(frame) !== this.#index.checksums[number]) return false
    // A run from the start is what the index was made from: one right frame proves the file.
    this.#unproven = !this.#fromStart
    return true
  }

  /** Looks for a frame from ever earlier seek points, at last from the start. */
  async #search(number: number, stepsBack: number, pace: () => Promise<void>): Promise<Frame> {
    const { seekPoints } = this.#index
    const nearest = lastAtMost(seekPoints, number)
    for (let steps = stepsBack; this.#seekable && steps <= nearest; steps = steps * 2 || 1) {
      const frame = await this.#seek(seekPoints[nearest - steps] ?? 0, number, pace)
      if (!frame) continue
      this.#stepsBack = steps
      return frame
    }
    // On one thread damage is concealed in the same way every time.
    for (const threads of new Set([this.#threads, 1])) {
      await this.#restart(threads)
      const frame = await this.#decodeTo(number, pace)
      if (frame) return frame
    }
    throw new AppError(
      'tape-changed',
      `frame ${number} of ${this.#decoder.input.path} is not the one it was when the tape was indexed`,
      'If the file was replaced, add it as a new tape.',
    )
  }

  /** Seeks to one frame and decodes on to another; null when that does not lead there. */
  async #seek(point: number, number: number, pace: () => Promise<void>): Promise<Frame | null> {
    const { pts, checksums } = this.#index
    const [from, goal] = [pts[point] ?? 0, pts[number] ?? 0]
    this.#unproven = true
    this.#fromStart = false
    // Until a frame is recognised nobody knows where the decoder is, also when this is interrupted.
    this.#position = Number.POSITIVE_INFINITY
    this.#seekable = this.#decoder.seek(from)
    if (!this.#seekable) return null
    for (let strays = 0; strays < MOST_STRAYS; await pace()) {
      const frame = this.#decoder.next()
      const time = (frame && timestamp(frame)) ?? Number.POSITIVE_INFINITY
      if (!frame || time > goal) return null
      const found = lastAtMost(pts, time)
      if (pts[found] !== time) strays++
      else if (this.#checksum.of(frame) === checksums[found]) {
        this.#position = found + 1
        return found === number ? frame : this.#decodeTo(number, pace)
      }
    }
    return null
  }

  /** Opens the tape anew: the only start that every container and codec does alike. */
  async #restart(threads: number): Promise<void> {
    const { path } = this.#decoder.input
    await this.#decoder[Symbol.asyncDispose]()
    this.#decoder = await Decoder.open(path, { threads })
    this.#threads = threads
    this.#position = 0
    this.#unproven = true
    this.#fromStart = true
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#checksum[Symbol.dispose]()
    await this.#decoder[Symbol.asyncDispose]()
  }
}
