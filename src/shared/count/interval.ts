/**
 * @file In how many frames of a run somebody is in a region, with an interval, from the frames that
 * were reviewed: stratified by score. Method, sources and limits: docs/counting.md.
 */
import { logistic, occupiedShare } from './occupied-share.ts'
import { seededNormal, seededUniform, table } from './random-table.ts'
import { type Stratum, scoreStrata, stratumCount } from './score-strata.ts'
import { solveUpper } from './small-matrix.ts'

export interface CountInterval {
  /** Of all frames, those in which somebody is there: the middle of what the answers allow. */
  estimate: number
  low: number
  high: number
  /** Frames that were reviewed. */
  reviewed: number
}

const draws = 1000
const normals = table(draws * stratumCount, seededNormal(1))
const chances = table(draws * stratumCount, seededUniform(2))
const scatters = table(draws * stratumCount, seededNormal(3))

/** Below this variance a binomial number is drawn one by one. */
const smallVariance = 9

/** A share of `groups` that is occupied, each with the chance `p`. */
function drawnShare(groups: number, p: number, chance: number, scatter: number): number {
  const variance = groups * p * (1 - p)
  if (variance > smallVariance)
    return Math.min(1, Math.max(0, p + (Math.sqrt(variance) * scatter) / groups))
  const whole = Math.max(1, Math.round(groups))
  const isRare = p <= 0.5
  const rare = isRare ? p : 1 - p
  let probability = (1 - rare) ** whole
  let sum = probability
  let hits = 0
  while (sum < chance && hits < whole) {
    probability *= ((whole - hits) / (hits + 1)) * (rare / (1 - rare))
    sum += probability
    hits += 1
  }
  return isRare ? hits / whole : 1 - hits / whole
}

/** Occupied frames among those that nobody reviewed, in one world that the answers allow. */
function drawnRest(strata: readonly Stratum[], logOdds: Float64Array, draw: number): number {
  let sum = 0
  for (const [at, { frames, reviewed, groups }] of strata.entries()) {
    const rest = frames - reviewed
    if (rest === 0) continue
    const p = logistic(logOdds[at] ?? 0)
    const left = (groups * rest) / frames
    const i = draw * stratumCount + at
    sum += rest * drawnShare(left, p, chances[i] ?? 0, scatters[i] ?? 0)
  }
  return sum
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
  const share = occupiedShare(strata)
  const totals = new Float64Array(draws)
  for (let draw = 0; draw < draws; draw++) {
    const from = draw * stratumCount
    const logOdds = solveUpper(share.precision, normals.slice(from, from + stratumCount))
    for (const [at, likeliest] of share.logOdds.entries())
      logOdds[at] = (logOdds[at] ?? 0) + likeliest
    totals[draw] = known + drawnRest(strata, logOdds, draw)
  }
  totals.sort()
  const tail = (1 - level) / 2
  return {
    estimate: Math.round(quantile(totals, 0.5)),
    low: Math.floor(quantile(totals, tail)),
    high: Math.ceil(quantile(totals, 1 - tail)),
    reviewed,
  }
}
