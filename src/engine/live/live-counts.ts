/** @file How fast a camera is looked at, and how late. */
import { RateMeter } from './rate-meter.ts'

const seconds = (): number => performance.now() / 1000

export class LiveCounts {
  readonly #looks = new RateMeter()
  readonly #arrivals = new RateMeter()
  #looked = 0
  #seen = 0
  #delay: number | null = null

  /** A picture was looked at, so late, when the camera had sent so many frames. */
  look(seen: number, delay: number): void {
    const now = seconds()
    this.#looked += 1
    this.#seen = seen
    this.#delay = delay
    this.#looks.mark(this.#looked, now)
    this.#arrivals.mark(seen, now)
  }

  /** As pages are told. */
  get state() {
    const now = seconds()
    return {
      framesPerSecond: this.#looks.rate(now),
      cameraFramesPerSecond: this.#arrivals.rate(now),
      delaySeconds: this.#delay,
      seen: this.#seen,
      dropped: Math.max(0, this.#seen - this.#looked),
    }
  }

  reset(): void {
    this.#looks.reset()
    this.#arrivals.reset()
    this.#looked = 0
    this.#seen = 0
    this.#delay = null
  }
}
