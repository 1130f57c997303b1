/** @file Loads what is wanted now, not what was wanted before. */

/**
 * One load at a time; what is wanted meanwhile waits, and only the latest of it. A picture is so never
 * further behind than one load, and nothing piles up while a scrubber is dragged.
 */
export class LatestLoader<Key, Value> {
  readonly #load: (key: Key, signal: AbortSignal) => Promise<Value>
  readonly #show: (value: Value, key: Key) => void
  readonly #fail: (error: unknown, key: Key) => void
  #wanted: { key: Key } | null = null
  #isBusy = false
  #asking = new AbortController()

  constructor(
    load: (key: Key, signal: AbortSignal) => Promise<Value>,
    show: (value: Value, key: Key) => void,
    fail: (error: unknown, key: Key) => void,
  ) {
    this.#load = load
    this.#show = show
    this.#fail = fail
  }

  /** Whether everything that was wanted has been shown or has failed. */
  get isIdle(): boolean {
    return !this.#isBusy && this.#wanted === null
  }

  /** Whether something newer is wanted than what is under way. */
  get isWaiting(): boolean {
    return this.#wanted !== null
  }

  want(key: Key): void {
    this.#wanted = { key }
    if (!this.#isBusy) void this.#run()
  }

  /** Nobody looks any more: what is under way is given up, and is neither shown nor said to have failed. */
  giveUp(): void {
    this.#wanted = null
    this.#asking.abort()
    this.#asking = new AbortController()
  }

  async #run(): Promise<void> {
    this.#isBusy = true
    while (this.#wanted) {
      const { key } = this.#wanted
      this.#wanted = null
      const { signal } = this.#asking
      try {
        const value = await this.#load(key, signal)
        if (!signal.aborted) this.#show(value, key)
      } catch (error) {
        if (!signal.aborted) this.#fail(error, key)
      }
    }
    this.#isBusy = false
  }
}
