/** @file Time on a tape: which frame is shown when. */

/**
 * The frame that is shown `seconds` after frame 0: the last one whose time has come.
 *
 * @param times seconds of each frame since frame 0, ascending.
 */
export function frameAtTime(times: ArrayLike<number>, seconds: number): number {
  let [low, high] = [0, times.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((times[middle] ?? Number.POSITIVE_INFINITY) <= seconds + halfMillisecond) low = middle
    else high = middle - 1
  }
  return Math.max(0, low)
}

/** Times are sums of fractions: a clock that is nearly there is there. */
const halfMillisecond = 0.0005

/** A clock that runs along a tape: what ought to be shown, however long drawing it took. */
export class Playback {
  readonly #times: ArrayLike<number>
  readonly #speed: number
  #startMs = 0
  #startSeconds = 0

  /** `speed` 1 = as fast as life. */
  constructor(times: ArrayLike<number>, speed = 1) {
    this.#times = times
    this.#speed = speed
  }

  /** Starts at a frame; `nowMs` is of any clock, the same one as that of `frameAt`. */
  start(frame: number, nowMs: number): void {
    this.#startMs = nowMs
    this.#startSeconds = this.#times[frame] ?? 0
  }

  /** The frame that is due, and whether it is the last one. */
  frameAt(nowMs: number): { frame: number; isEnd: boolean } {
    const seconds = this.#startSeconds + ((nowMs - this.#startMs) / 1000) * this.#speed
    const frame = frameAtTime(this.#times, seconds)
    return { frame, isEnd: frame >= this.#times.length - 1 }
  }
}
