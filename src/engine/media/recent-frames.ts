/** @file The decoded frames around the one in view, kept so that going a step back decodes nothing. */
import { avImageGetBufferSize, type Frame } from 'node-av/lib'
import { AppError } from '../../shared/errors.ts'
import type { FrameCursor } from './frame-cursor.ts'
import { pixelFormatOf } from './pixels.ts'

/** Of decoded frames, which are a half to an eighth of the size of RGB pictures of floats. */
const budgetBytes = 96 * 2 ** 20

/** A frame and its two neighbours are kept however large they are. */
const fewest = 3
const most = 40

/** Share of the kept frames that lies behind the one in view: going back is dearer than going on. */
const behindShare = 0.6

/** Frame numbers, the end not among them. */
export interface FrameWindow {
  first: number
  end: number
}

const middleOf = ({ first, end }: FrameWindow): number => (first + end - 1) / 2

/** A cursor with a memory. It opens the tape when it needs it, and again after `rest`. */
export class RecentFrames implements FrameCursor {
  /** The frame in view. */
  centre = 0
  readonly #open: () => Promise<FrameCursor>
  readonly #kept = new Map<number, Frame>()
  #cursor: FrameCursor | null = null
  #lent: Frame | null = null
  #capacity = fewest

  constructor(open: () => Promise<FrameCursor>) {
    this.#open = open
  }

  /** The frames around the one in view that can all be kept; those far from it are dropped first. */
  get window(): FrameWindow {
    const others = this.#capacity - 1
    const behind = Math.max(1, Math.floor(others * behindShare))
    return { first: this.centre - behind, end: this.centre + 1 + others - behind }
  }

  has(number: number): boolean {
    return this.#kept.has(number)
  }

  async frame(number: number, signal?: AbortSignal): Promise<Frame> {
    const kept = this.#kept.get(number) ?? (await this.#decode(number, signal))
    this.#lent?.free()
    this.#lent = reference(kept)
    return this.#lent
  }

  /** Decodes a frame unless it is kept. */
  async prepare(number: number, signal: AbortSignal): Promise<void> {
    if (!this.has(number)) await this.#decode(number, signal)
  }

  /** Closes the tape and keeps the frames. No call may be under way. */
  async rest(): Promise<void> {
    const cursor = this.#cursor
    this.#cursor = null
    await cursor?.[Symbol.asyncDispose]()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#lent?.free()
    this.#lent = null
    for (const frame of this.#kept.values()) frame.free()
    this.#kept.clear()
    await this.rest()
  }

  async #decode(number: number, signal: AbortSignal | undefined): Promise<Frame> {
    this.#cursor ??= await this.#open()
    const kept = reference(await this.#cursor.frame(number, signal))
    const bytes = avImageGetBufferSize(pixelFormatOf(kept), kept.width, kept.height, 1)
    this.#capacity = Math.min(most, Math.max(fewest, Math.floor(budgetBytes / bytes)))
    this.#kept.set(number, kept)
    this.#dropFarthest(number)
    return kept
  }

  /** Makes room, but not by what was decoded just now. */
  #dropFarthest(latest: number): void {
    const middle = middleOf(this.window)
    const distance = (number: number): number => Math.abs(number - middle)
    while (this.#kept.size > this.#capacity) {
      const others = [...this.#kept.keys()].filter((number) => number !== latest)
      const farthest = others.reduce((a, b) => (distance(b) > distance(a) ? b : a))
      this.#kept.get(farthest)?.free()
      this.#kept.delete(farthest)
    }
  }
}

/** Another frame with the same pixels, which are not copied. */
function reference(frame: Frame): Frame {
  const same = frame.clone()
  if (same) return same
  throw new AppError(
    'not-enough-memory',
    'there is no memory for a picture',
    'Close other programs.',
  )
}
