/** @file Small pictures from all over a tape, for a film strip: in an order that decodes little. */
import sharp from 'sharp'
import { cancelled } from '../../shared/errors.ts'
import { openReader } from '../media/tape.ts'
import type { FrameReader, Picture, TapeIndex } from '../media/types.ts'

/** As for the pictures in view, see picture-desk.ts. */
const restMs = 10_000

/** They must not take the processor from the picture in view. */
const threads = 2

const quality = 80

interface Wish {
  frame: number
  filters: string
  signal: AbortSignal
  resolve(jpeg: Uint8Array): void
  reject(error: unknown): void
}

/** The wish that costs the least: the next frame from `position` on, else the first of all. */
function nextOf(wishes: readonly Wish[], position: number): Wish | undefined {
  const ascending = wishes.toSorted((a, b) => a.frame - b.frame)
  return ascending.find(({ frame }) => frame >= position) ?? ascending[0]
}

export class ThumbnailDesk {
  readonly #index: TapeIndex
  readonly #wishes: Wish[] = []
  #reader: { filters: string; opened: FrameReader } | null = null
  #working: Promise<void> | null = null
  #position = 0
  #restTimer: NodeJS.Timeout | undefined

  constructor(index: TapeIndex) {
    this.#index = index
  }

  /** A frame through filters that make it small, as JPEG. Throws as reading a frame does. */
  thumbnail(frame: number, filters: string, signal: AbortSignal): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const wish = { frame, filters, signal, resolve, reject }
      this.#wishes.push(wish)
      signal.addEventListener('abort', () => this.#forget(wish), { once: true })
      this.#working ??= this.#work()
    })
  }

  async close(): Promise<void> {
    while (this.#working) await this.#working
    clearTimeout(this.#restTimer)
    await this.#rest()
  }

  #forget(wish: Wish): void {
    if (this.#take(wish)) wish.reject(cancelled('a thumbnail'))
  }

  /** Takes a wish from the list; false where it is being fulfilled already. */
  #take(wish: Wish): boolean {
    const place = this.#wishes.indexOf(wish)
    if (place >= 0) this.#wishes.splice(place, 1)
    return place >= 0
  }

  async #work(): Promise<void> {
    clearTimeout(this.#restTimer)
    for (;;) {
      const wish = nextOf(this.#wishes, this.#position)
      if (!wish) break
      this.#take(wish)
      try {
        wish.resolve(await this.#make(wish))
      } catch (error) {
        wish.reject(error)
      }
    }
    this.#working = null
    this.#restTimer = setTimeout(() => void this.#rest(), restMs).unref()
  }

  async #make({ frame, filters, signal }: Wish): Promise<Uint8Array> {
    if (this.#reader?.filters !== filters) {
      await this.#closeReader()
      const opened = await openReader(this.#index.info, this.#index, { filters, threads })
      this.#reader = { filters, opened }
    }
    this.#position = frame
    const { width, height, data }: Picture = await this.#reader.opened.read(frame, signal)
    return sharp(data, { raw: { width, height, channels: 3 } })
      .jpeg({ quality })
      .toBuffer()
  }

  async #rest(): Promise<void> {
    if (!this.#working) await this.#closeReader()
  }

  async #closeReader(): Promise<void> {
    const reader = this.#reader
    this.#reader = null
    await reader?.opened.close()
  }
}
