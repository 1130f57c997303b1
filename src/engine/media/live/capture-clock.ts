/**
 * @file When a frame was captured. Cameras stamp frames by clocks of their own; the frame that took the
 * shortest way from stamp to arrival tells how the two clocks stand, and what others took longer is
 * delay. What every frame takes at least, on the wire, cannot be told.
 */

/** Stamps that jump so far belong to another beginning: the camera was restarted, its file begins anew. */
const jumpSeconds = 5

/** Clocks drift apart by less than this, as a share of the time that passes. */
const drift = 2e-4

export class CaptureClock {
  /** Clock of arrivals minus the camera's, in seconds. */
  #offset = Number.POSITIVE_INFINITY
  #lastStamp = Number.NaN
  #lastArrival = 0

  /** Takes note of a packet, by its stamp and when it came, both in seconds. */
  arrive(stamp: number, arrival: number): void {
    const hasJumped = Math.abs(stamp - this.#lastStamp) > jumpSeconds
    const allowed = this.#offset + drift * Math.max(0, arrival - this.#lastArrival)
    const seen = arrival - stamp
    this.#offset = hasJumped ? seen : Math.min(allowed, seen)
    this.#lastStamp = stamp
    this.#lastArrival = arrival
  }

  /** When the frame of a stamp was captured, by the clock of arrivals, in seconds. */
  captured(stamp: number): number {
    return stamp + this.#offset
  }
}
