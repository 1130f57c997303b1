/**
 * @file Thumbnails on their way: few at a time, the last asked for first, and none for what has been
 * scrolled away. A browser has six connections to the engine; strokes must never wait for pictures.
 */
export interface ThumbnailsOptions {
  /** Returns an address for an `img`. */
  load: (key: string, signal: AbortSignal) => Promise<string>
  drop: (address: string) => void
  atOnce?: number
  keep?: number
}

interface Wish {
  key: string
  resolve: (address: string | null) => void
  abort: AbortController
}

export class Thumbnails {
  readonly #options: Required<ThumbnailsOptions>
  readonly #kept = new Map<string, string>()
  #wishes: Wish[] = []
  #loading = 0

  constructor(options: ThumbnailsOptions) {
    this.#options = { atOnce: 2, keep: 400, ...options }
  }

  /** The address, where it is there already. */
  peek(key: string): string | null {
    return this.#kept.get(key) ?? null
  }

  /** Waits for its turn. Null when it was given up or failed; `cancel` gives it up. */
  get(key: string): { address: Promise<string | null>; cancel: () => void } {
    const abort = new AbortController()
    const kept = this.peek(key)
    if (kept !== null) return { address: Promise.resolve(kept), cancel: () => {} }
    const address = new Promise<string | null>((resolve) => {
      this.#wishes.push({ key, resolve, abort })
    })
    this.#next()
    return { address, cancel: () => abort.abort() }
  }

  #next(): void {
    while (this.#loading < this.#options.atOnce) {
      const wish = this.#wishes.pop()
      if (!wish) return
      if (wish.abort.signal.aborted) wish.resolve(null)
      else void this.#load(wish)
    }
  }

  async #load({ key, resolve, abort }: Wish): Promise<void> {
    this.#loading += 1
    try {
      const address = this.peek(key) ?? (await this.#options.load(key, abort.signal))
      this.#keep(key, address)
      resolve(address)
    } catch {
      // A frame without a thumbnail shows its number.
      resolve(null)
    } finally {
      this.#loading -= 1
      this.#next()
    }
  }

  #keep(key: string, address: string): void {
    this.#kept.delete(key)
    this.#kept.set(key, address)
    const [oldest] = this.#kept
    if (!oldest || this.#kept.size <= this.#options.keep) return
    this.#kept.delete(oldest[0])
    this.#options.drop(oldest[1])
  }
}
