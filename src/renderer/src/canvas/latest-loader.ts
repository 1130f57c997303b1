/** @file Loads what is wanted now, not what was wanted before. */

/**
 * One load at a time; what is wanted meanwhile waits, and only the latest of it. A picture is so never
 * further behind than one load, and nothing piles up while a scrubber is dragged.
 */
export class LatestLoader<Key, Value> {
  readonly #load: (key: Key) => Promise<Value>
  readonly #show: (value: Value, key: Key) => void
  readonly #fail: (error: unknown, key: Key) => void
  #wanted: { key: Key } | null = null
  #isBusy = false

  constructor(
    load: (key: Key) => Promise<Value>,
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

  async #run(): Promise<void> {
    this.#isBusy = true
    while (this.#wanted) {
      const { key } = this.#wanted
      this.#wanted = null
      try {
        this.#show(await this.#load(key), key)
      } catch (error) {
        this.#fail(error, key)
      }
    }
    this.#isBusy = false
  }
}
