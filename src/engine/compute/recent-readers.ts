/** @file Readers that stay open between requests: whoever looks at one frame looks at the next. */
import { openReader } from '../media/tape.ts'
import type { FrameReader, Picture, TapeIndex } from '../media/types.ts'

/** The tape's own picture and the recipe's, of the tape in view. */
const mostReaders = 2

/** Readers that nobody has used for so long are closed; an open tape cannot be deleted everywhere. */
const idleMs = 10_000

/** What a reader is opened with. */
export interface ReaderRequest {
  index: TapeIndex
  /** Native filters, see preprocess/filter-chain.ts; '' = the tape's own picture. */
  filters: string
}

export class RecentReaders {
  /** By what they read, the one used last at the end. */
  readonly #readers = new Map<string, Promise<FrameReader>>()
  #idleTimer: NodeJS.Timeout | undefined

  /** A picture that stays as it is. Throws what opening and reading the tape throw. */
  async read(request: ReaderRequest, frame: number): Promise<Picture> {
    const reader = await this.#reader(request)
    const picture = await reader.read(frame)
    return { ...picture, data: new Uint8Array(picture.data) }
  }

  #reader({ index, filters }: ReaderRequest): Promise<FrameReader> {
    const key = JSON.stringify([index.info, index.sha256, filters])
    const reader = this.#readers.get(key) ?? openReader(index.info, index, { filters })
    this.#readers.delete(key)
    this.#readers.set(key, reader)
    // What could not be opened is tried anew the next time.
    reader.catch(() => this.#readers.delete(key))
    this.#closeAllBut(mostReaders)
    clearTimeout(this.#idleTimer)
    this.#idleTimer = setTimeout(() => this.#closeAllBut(0), idleMs).unref()
    return reader
  }

  #closeAllBut(count: number): void {
    const oldest = [...this.#readers].slice(0, Math.max(0, this.#readers.size - count))
    for (const [key, reader] of oldest) {
      this.#readers.delete(key)
      // A reader finishes what it was asked for before it closes.
      reader.then((opened) => opened.close()).catch(() => {})
    }
  }
}
