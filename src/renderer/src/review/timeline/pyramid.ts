/** @file Lowest and highest scores of stretches of frames, so that any zoom is drawn from a few numbers. */

/** Entries of a level that make one of the next. */
const fanOut = 4

interface Level {
  /** Positions that an entry stands for. */
  block: number
  low: Float32Array
  high: Float32Array
}

export interface Extent {
  low: number
  high: number
}

function nextLevel(low: ArrayLike<number>, high: ArrayLike<number>, block: number): Level {
  const length = Math.ceil(low.length / fanOut)
  const level = { block, low: new Float32Array(length), high: new Float32Array(length) }
  for (let entry = 0, from = 0; entry < length; entry++) {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (const end = Math.min(from + fanOut, low.length); from < end; from++) {
      least = Math.min(least, low[from] ?? least)
      most = Math.max(most, high[from] ?? most)
    }
    level.low[entry] = least
    level.high[entry] = most
  }
  return level
}

/** The extents of a region's scores at every coarseness; built once for a run. */
export class ScorePyramid {
  readonly sums: Float64Array
  readonly #levels: Level[] = []

  constructor(sums: Float64Array) {
    this.sums = sums
    let [low, high]: [ArrayLike<number>, ArrayLike<number>] = [sums, sums]
    for (let block = fanOut; low.length > fanOut; block *= fanOut) {
      const level = nextLevel(low, high, block)
      this.#levels.push(level)
      ;[low, high] = [level.low, level.high]
    }
  }

  /** The highest score of all; 0 where there is none. */
  get highest(): number {
    return this.extent(0, this.sums.length)?.high ?? 0
  }

  /**
   * Lowest and highest score of the positions from `from` up to, not including, `to`. With `slack` the
   * ends may reach up to a quarter of the stretch beyond it, which costs a fixed number of steps.
   */
  extent(from: number, to: number, slack = false): Extent | null {
    const first = Math.max(0, Math.floor(from))
    const end = Math.min(this.sums.length, Math.ceil(to))
    if (end <= first) return null
    return slack ? this.#rough(first, end) : this.#exact(first, end)
  }

  #rough(first: number, end: number): Extent {
    const level = this.#levels.findLast(({ block }) => block * 8 <= end - first)
    if (!level) return this.#exact(first, end)
    const { block, low, high } = level
    return extentOf(low, high, Math.floor(first / block), Math.ceil(end / block))
  }

  /** Climbs from both ends to coarser levels, as far as they lie within the stretch. */
  #exact(first: number, end: number): Extent {
    const found = { low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY }
    const take = (low: ArrayLike<number>, high: ArrayLike<number>, a: number, b: number): void => {
      const part = extentOf(low, high, a, b)
      found.low = Math.min(found.low, part.low)
      found.high = Math.max(found.high, part.high)
    }
    let [low, high]: [ArrayLike<number>, ArrayLike<number>] = [this.sums, this.sums]
    let [a, b] = [first, end]
    for (const level of this.#levels) {
      if (b - a <= 2 * fanOut) break
      const [up, down] = [Math.ceil(a / fanOut), Math.floor(b / fanOut)]
      take(low, high, a, up * fanOut)
      take(low, high, down * fanOut, b)
      ;[low, high, a, b] = [level.low, level.high, up, down]
    }
    take(low, high, a, b)
    return found
  }
}

function extentOf(
  low: ArrayLike<number>,
  high: ArrayLike<number>,
  from: number,
  to: number,
): Extent {
  const found = { low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY }
  for (let i = from; i < to; i++) {
    found.low = Math.min(found.low, low[i] ?? found.low)
    found.high = Math.max(found.high, high[i] ?? found.high)
  }
  return found
}
