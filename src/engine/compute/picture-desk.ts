/**
 * @file Pictures of the tape in view, for somebody who waits: the latest wish first, and while there is
 * none the neighbours are decoded ahead, so that the next step finds them.
 */
import { cancelled, throwIfCancelled } from '../../shared/errors.ts'
import { PictureReader } from '../media/reader.ts'
import { RecentFrames } from '../media/recent-frames.ts'
import { openCursor } from '../media/tape.ts'
import type { Picture, TapeIndex } from '../media/types.ts'
import { framesAhead } from './frames-ahead.ts'

/** A tape that nobody looked at for so long is closed; an open one cannot be deleted everywhere. */
const restMs = 10_000

/** Filter graphs that stay built: the tape's picture, the recipe's, and one that is being tried out. */
const mostReaders = 3

interface Wish {
  frame: number
  filters: string
  signal: AbortSignal
  /** Takes the picture, which is valid until it is done, or hears why there is none. */
  take(picture: Picture): Promise<void>
  refuse(error: unknown): void
}

export class PictureDesk {
  readonly #index: TapeIndex
  readonly #frames: RecentFrames
  /** By their filters, the one used last at the end. */
  readonly #readers = new Map<string, PictureReader>()
  readonly #wishes: Wish[] = []
  /** The work under way; null while there is none. */
  #working: Promise<void> | null = null
  #ahead = new AbortController()
  #direction = 1
  #restTimer: NodeJS.Timeout | undefined

  constructor(index: TapeIndex) {
    this.#index = index
    this.#frames = new RecentFrames(() => openCursor(index.info, index, { filters: '' }))
  }

  /**
   * Makes a picture and gives what `use` makes of it. Throws `no-such-frame`, `cancelled`, what opening
   * the tape throws, and `bad-recipe` when FFmpeg refuses the filters.
   */
  picture<Result>(
    { frame, filters }: { frame: number; filters: string },
    signal: AbortSignal,
    use: (picture: Picture) => Result | Promise<Result>,
  ): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      const take = async (picture: Picture): Promise<void> => resolve(await use(picture))
      const wish = { frame, filters, signal, take, refuse: reject }
      this.#wishes.push(wish)
      signal.addEventListener('abort', () => this.#forget(wish), { once: true })
      this.#ahead.abort()
      this.#working ??= this.#work()
    })
  }

  /** Lets go of everything once the wishes are fulfilled. */
  async close(): Promise<void> {
    clearTimeout(this.#restTimer)
    this.#ahead.abort()
    while (this.#working) await this.#working
    clearTimeout(this.#restTimer)
    for (const reader of this.#readers.values()) await reader.close()
    await this.#frames[Symbol.asyncDispose]()
  }

  async #work(): Promise<void> {
    clearTimeout(this.#restTimer)
    for (;;) {
      const wish = this.#wishes.pop()
      if (wish) await this.#fulfil(wish)
      else if (!(await this.#readAhead())) break
    }
    this.#working = null
    this.#restTimer = setTimeout(() => void this.#rest(), restMs).unref()
  }

  /** Nobody waits for it any more; one that is being fulfilled hears of that itself. */
  #forget(wish: Wish): void {
    const place = this.#wishes.indexOf(wish)
    if (place < 0) return
    this.#wishes.splice(place, 1)
    wish.refuse(cancelled('a picture'))
  }

  async #fulfil({ frame, filters, signal, take, refuse }: Wish): Promise<void> {
    try {
      throwIfCancelled(signal, 'a picture')
      const before = this.#frames.centre
      this.#frames.centre = frame
      if (frame !== before) this.#direction = Math.sign(frame - before)
      await take(await this.#reader(filters).read(frame, signal))
      this.#ahead = new AbortController()
    } catch (error) {
      refuse(error)
    }
  }

  #reader(filters: string): PictureReader {
    const reader = this.#readers.get(filters) ?? this.#newReader(filters)
    this.#readers.delete(filters)
    this.#readers.set(filters, reader)
    for (const [oldest, old] of this.#readers) {
      if (this.#readers.size <= mostReaders) break
      this.#readers.delete(oldest)
      void old.close()
    }
    return reader
  }

  /** Readers share the decoded frames; closing one leaves them as they are. */
  #newReader(filters: string): PictureReader {
    const cursor = {
      frame: (number: number, signal?: AbortSignal) => this.#frames.frame(number, signal),
      [Symbol.asyncDispose]: async () => {},
    }
    return new PictureReader(this.#index.info, this.#index, cursor, { filters })
  }

  /** Decodes one frame ahead; false when there is nothing left to do, or it failed. */
  async #readAhead(): Promise<boolean> {
    const { signal } = this.#ahead
    const frames = this.#frames
    const { centre, window } = frames
    const isKept = (frame: number): boolean => frames.has(frame)
    const view = { centre, direction: this.#direction, window, isKept }
    const [next] = framesAhead(view, this.#index.frames)
    if (next === undefined || signal.aborted) return this.#wishes.length > 0
    try {
      await frames.prepare(next, signal)
      return true
    } catch {
      // Interrupted by a wish, or the tape is damaged there: whoever wants that frame hears of it.
      this.#ahead.abort()
      return this.#wishes.length > 0
    }
  }

  async #rest(): Promise<void> {
    if (!this.#working) await this.#frames.rest()
  }
}
