/** @file When the network that is being trained is looked at: often enough to see it learn, at little cost. */

/** So many times in a training at most. */
const mostLooks = 10
/** The largest share of the time that looking may take. */
const largestShare = 0.04

export interface PreviewClockOptions {
  /** It looks no more often. */
  everySeconds: number
  /** Of the whole training. */
  iterations: number
  /** Seconds of any clock. */
  now?: () => number
}

/** Tells when the next look is due. */
export class PreviewClock {
  readonly #now: () => number
  readonly #everySeconds: number
  readonly #everyIterations: number
  #last: number
  #wait: number
  #iteration: number | null = null

  constructor({ everySeconds, iterations, now }: PreviewClockOptions) {
    this.#now = now ?? (() => performance.now() / 1000)
    this.#everySeconds = everySeconds
    this.#everyIterations = iterations / mostLooks
    this.#last = this.#now()
    this.#wait = everySeconds
  }

  /** Whether to look after this iteration, counted from 1; a training that goes on begins in the middle. */
  isDue(iteration: number): boolean {
    this.#iteration ??= iteration - 1
    return (
      iteration - this.#iteration >= this.#everyIterations && this.#now() - this.#last >= this.#wait
    )
  }

  /** Looks, and waits for as long as that keeps to the share. */
  async time<Seen>(iteration: number, look: () => Promise<Seen>): Promise<Seen> {
    const started = this.#now()
    try {
      return await look()
    } finally {
      this.#last = this.#now()
      this.#wait = Math.max(this.#everySeconds, (this.#last - started) / largestShare)
      this.#iteration = iteration
    }
  }
}
