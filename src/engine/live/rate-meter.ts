/** @file How often something happens, over the last seconds. */

/** Long enough to be steady, short enough to show a change. */
const windowSeconds = 4

export class RateMeter {
  /** Time, in seconds, and the count at it; in order. */
  #marks: { at: number; count: number }[] = []

  /** Says how many there have been by now. */
  mark(count: number, at: number): void {
    this.#marks.push({ at, count })
    while (this.#marks.length > 2 && at - (this.#marks[1]?.at ?? at) >= windowSeconds)
      this.#marks.shift()
  }

  /** Times a second; 0 before there were two marks, or when the last one is long ago. */
  rate(now: number): number {
    const [first, last] = [this.#marks[0], this.#marks.at(-1)]
    if (!first || !last || last.at <= first.at) return 0
    // Where nothing comes any more, the rate falls.
    const silent = Math.max(0, now - last.at - 1)
    return (last.count - first.count) / (last.at - first.at + silent)
  }

  reset(): void {
    this.#marks = []
  }
}
