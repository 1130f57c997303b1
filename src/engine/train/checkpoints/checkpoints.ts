/** @file When checkpoints are written: often enough to lose little, seldom enough to cost little. */

/** Seconds after which the next step ends with a checkpoint. */
const usualInterval = 30
/** The largest share of the time that writing may take. */
const largestShare = 0.05

/** Tells when the next one is due; times are seconds of one clock. */
export class CheckpointClock {
  #last: number
  #wait = usualInterval
  readonly #now: () => number

  constructor(now: () => number = () => performance.now() / 1000) {
    this.#now = now
    this.#last = now()
  }

  isDue(): boolean {
    return this.#now() - this.#last >= this.#wait
  }

  /** Writes, and waits for as long as that keeps to the share. */
  async time(write: () => Promise<void>): Promise<void> {
    const started = this.#now()
    await write()
    this.#last = this.#now()
    this.#wait = Math.max(usualInterval, (this.#last - started) / largestShare)
  }
}
