/**
 * @file The frames of a region sorted into strata by their score: how many there are, how many were
 * reviewed and what came of it, and for how many independent ones they stand.
 */

/** Bounds between strata, as ln((score + 1) / (threshold + 1)); 0 is the threshold. */
const bounds = [
  ...[-3.5, -2.8, -2.1, -1.4, -1, -0.7, -0.45, -0.2],
  ...[0, 0.2, 0.45, 0.7, 1, 1.4, 2.1],
] as const

/**
 * Where each stratum stands on that scale. The outermost are open and stand close: how the share of
 * occupied frames goes on far from the threshold is not read off frames that are near it.
 */
export const stratumCentres: readonly number[] = [
  bounds[0],
  ...bounds.slice(1).map((bound, i) => (bound + (bounds[i] ?? 0)) / 2),
  bounds[bounds.length - 1] ?? 0,
]
export const stratumCount = stratumCentres.length

export interface Stratum {
  frames: number
  /** Independent frames that these stand for; at most as many. */
  worth: number
  reviewed: number
  /** Reviewed frames that are occupied. */
  occupied: number
  /** Independent frames that the reviewed ones stand for. */
  reviewedWorth: number
}

/** A visit is at most taken for so many frames. */
const longestVisit = 200

/** Whoever came is there until the score is this far below the threshold, on the scale of the strata. */
const gone = -1.4

/** How long a visit lasts on the average, in frames, by the scores. */
function meanVisit(scores: Float64Array, threshold: number): number {
  const leaving = (threshold + 1) * Math.exp(gone) - 1
  let inside = 0
  let visits = 0
  let isThere = false
  for (let position = 0; position < scores.length; position++) {
    const score = scores[position] ?? 0
    if (isThere) isThere = score > leaving
    else if (score > threshold) {
      isThere = true
      visits += 1
    }
    if (isThere) inside += 1
  }
  return visits === 0 ? 1 : inside / visits
}

/**
 * The highest score of each stratum. Scores at the threshold are below it, as in counting.
 */
function highestScores(threshold: number): Float64Array {
  return Float64Array.from(bounds, (bound) =>
    bound === 0 ? threshold : (threshold + 1) * Math.exp(bound) - 1,
  )
}

/** The stratum of a score: the number of bounds that it is above. */
function stratumOf(score: number, highest: Float64Array): number {
  let low = 0
  let high = highest.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (score > (highest[middle] ?? 0)) low = middle + 1
    else high = middle
  }
  return low
}

/** Says for frames that come in ascending order what each adds to those before it in its stratum. */
class Worth {
  readonly #reach: number
  readonly #last = new Float64Array(stratumCount).fill(Number.NEGATIVE_INFINITY)

  /** Frames that far apart are independent of each other. */
  constructor(reach: number) {
    this.#reach = reach
  }

  add(stratum: number, position: number): number {
    const gap = position - (this.#last[stratum] ?? 0)
    this.#last[stratum] = position
    return gap >= this.#reach ? 1 : gap / this.#reach
  }
}

/**
 * Sorts the frames of a region. Frames that lie closer together than a quarter of a usual visit mostly show
 * the same: in its stratum a frame counts as much as its distance from the one before.
 */
export function scoreStrata(
  scores: Float64Array,
  threshold: number,
  answers: ReadonlyMap<number, boolean>,
): Stratum[] {
  const reach = Math.max(1, Math.min(longestVisit, meanVisit(scores, threshold)) / 4)
  const highest = highestScores(threshold)
  const frames = new Uint32Array(stratumCount)
  const worths = new Float64Array(stratumCount)
  const worth = new Worth(reach)
  for (let position = 0; position < scores.length; position++) {
    const at = stratumOf(scores[position] ?? 0, highest)
    frames[at] = (frames[at] ?? 0) + 1
    worths[at] = (worths[at] ?? 0) + worth.add(at, position)
  }
  const strata = Array.from(frames, (count, at): Stratum => {
    const nothing = { reviewed: 0, occupied: 0, reviewedWorth: 0 }
    return { frames: count, worth: worths[at] ?? 0, ...nothing }
  })
  const reviewedWorth = new Worth(reach)
  for (const position of [...answers.keys()].sort((a, b) => a - b)) {
    const score = scores[position]
    if (score === undefined) continue
    const at = stratumOf(score, highest)
    const stratum = strata[at]
    if (!stratum) continue
    stratum.reviewed += 1
    stratum.occupied += answers.get(position) === true ? 1 : 0
    stratum.reviewedWorth += reviewedWorth.add(at, position)
  }
  return strata
}
