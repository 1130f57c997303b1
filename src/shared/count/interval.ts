/**
 * @file In how many frames of a run somebody is in a region, with an interval, from the frames that
 * were reviewed: stratified by score. Method, sources and limits: docs/counting.md.
 */
import { logistic, occupiedShare } from './occupied-share.ts'
import { seededNormal, table } from './random-table.ts'
import { type Stratum, scoreStrata, stratumCount } from './score-strata.ts'
import { inverseTransposed } from './small-matrix.ts'

export interface CountInterval {
  /** Of all frames, those in which somebody is there: the middle of what the answers allow. */
  estimate: number
  low: number
  high: number
  /** Frames that were reviewed. */
  reviewed: number
}

const draws = 500
const normals = table(draws * stratumCount, seededNormal(1))
const scatters = table(draws, seededNormal(2))

/** Row `row` of an upper triangle times a row of the table that begins at `from`. */
function rowTimes(upper: Float64Array, row: number, from: number): number {
  let sum = 0
  for (let k = row; k < stratumCount; k++)
    sum += (upper[row * stratumCount + k] ?? 0) * (normals[from + k] ?? 0)
  return sum
}

/**
 * Occupied frames among those that nobody reviewed, in many worlds that the answers allow; ascending.
 * In each world the strata have their shares, and what comes of them is drawn from the normal
 * distribution with the variance of a sum of binomial ones.
 */
function drawnRests(strata: readonly Stratum[]): Float64Array {
  const { logOdds, precision } = occupiedShare(strata)
  const deviations = inverseTransposed(precision, stratumCount)
  const rests = Float64Array.from(strata, ({ frames, reviewed }) => frames - reviewed)
  // A stratum's number of occupied frames has the variance p (1 - p) times this.
  const spreads = Float64Array.from(strata, ({ frames, worth }, at) =>
    worth === 0 ? 0 : ((rests[at] ?? 0) * frames) / worth,
  )
  const all = rests.reduce((sum, rest) => sum + rest, 0)
  const sums = new Float64Array(draws)
  for (let draw = 0; draw < draws; draw++) {
    let sum = 0
    let variance = 0
    for (let at = 0; at < stratumCount; at++) {
      const rest = rests[at] ?? 0
      if (rest === 0) continue
      const p = logistic((logOdds[at] ?? 0) + rowTimes(deviations, at, draw * stratumCount))
      sum += rest * p
      variance += (spreads[at] ?? 0) * p * (1 - p)
    }
    const drawn = sum + Math.sqrt(variance) * (scatters[draw] ?? 0)
    sums[draw] = Math.min(all, Math.max(0, drawn))
  }
  return sums.sort()
}

/** What lies at a share of an ascending list. */
function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}

/**
 * The number of occupied frames and an interval that holds it with probability `level`.
 * @param scores sums of a region, one a position
 * @param answers what reviewers said, by position; which were reviewed may depend on the score, but
 *   not on what the frame shows
 */
export function countInterval(
  scores: Float64Array,
  threshold: number,
  answers: ReadonlyMap<number, boolean>,
  level = 0.9,
): CountInterval {
  const strata = scoreStrata(scores, threshold, answers)
  const known = strata.reduce((sum, { occupied }) => sum + occupied, 0)
  const reviewed = strata.reduce((sum, stratum) => sum + stratum.reviewed, 0)
  if (reviewed === 0) {
    const counted = scores.reduce((sum, score) => sum + Number(score > threshold), 0)
    return { estimate: counted, low: 0, high: scores.length, reviewed }
  }
  const rest = drawnRests(strata)
  // As long as nobody was seen, there may have been nobody: the interval begins there, and has all of
  // its doubt at the other end. So where somebody was always seen.
  const below = known === 0 ? 0 : known === reviewed ? 1 - level : (1 - level) / 2
  const above = 1 - level - below
  return {
    estimate: known + Math.round(quantile(rest, 0.5)),
    low: below === 0 ? 0 : known + Math.floor(quantile(rest, below)),
    high: above === 0 ? scores.length : known + Math.ceil(quantile(rest, 1 - above)),
    reviewed,
  }
}
