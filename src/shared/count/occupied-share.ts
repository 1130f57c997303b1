/**
 * @file What the answers say about the share of occupied frames in each stratum: a logistic model
 * with a level of its own for each stratum, and the strata pulled towards a line along the score.
 * See docs/counting.md.
 */
import { type Stratum, stratumCentres, stratumCount } from './score-strata.ts'
import { cholesky, inverse, solveLower, solveUpper, times } from './small-matrix.ts'

/** Before any answer: at the threshold rather fewer than half of the frames are occupied. */
const level = { mean: -0.5, deviation: 1.6 }
/** The log odds of "occupied" rise by so much with a factor of e in the score. */
const slope = { mean: 2.5, deviation: 1 }
/** How far a stratum may lie off the line. */
const ownDeviation = 0.5

const priorMean = Float64Array.from(stratumCentres, (x) => level.mean + slope.mean * x)
const priorPrecision = inverse(
  Float64Array.from({ length: stratumCount ** 2 }, (_, i) => {
    const [row, column] = [Math.floor(i / stratumCount), i % stratumCount]
    const x = (stratumCentres[row] ?? 0) * (stratumCentres[column] ?? 0)
    const own = row === column ? ownDeviation ** 2 : 0
    return level.deviation ** 2 + slope.deviation ** 2 * x + own
  }),
  stratumCount,
)

const mostSteps = 30
const closeEnough = 1e-6

export const logistic = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds))

/** Log odds of "occupied" in each stratum: the likeliest, and how sure they are. */
export interface OccupiedShare {
  logOdds: Float64Array
  /** Lower triangle L: the precision of the log odds is L Lᵀ. */
  precision: Float64Array
}

/** The precision of the prior and of what the answers say at these log odds, as a lower triangle. */
function precisionAt(weights: Float64Array): Float64Array {
  const matrix = priorPrecision.slice()
  for (const [at, weight] of weights.entries())
    matrix[at * (stratumCount + 1)] = (matrix[at * (stratumCount + 1)] ?? 0) + weight
  return cholesky(matrix, stratumCount)
}

/** Newton's method to the mode, with the curvature there (Rasmussen and Williams 2006, ch. 3.4). */
export function occupiedShare(strata: readonly Stratum[]): OccupiedShare {
  let logOdds = priorMean.slice()
  for (let step = 0; ; step++) {
    const shares = logOdds.map(logistic)
    const weights = shares.map((p, at) => (strata[at]?.reviewedWorth ?? 0) * p * (1 - p))
    const precision = precisionAt(weights)
    const pull = times(
      priorPrecision,
      priorMean.map((mean, at) => mean - (logOdds[at] ?? 0)),
    )
    const gradient = shares.map((p, at) => {
      const { reviewed = 0, occupied = 0, reviewedWorth = 0 } = strata[at] ?? {}
      const share = reviewed === 0 ? 0 : occupied / reviewed
      return reviewedWorth * (share - p) + (pull[at] ?? 0)
    })
    const change = solveUpper(precision, solveLower(precision, gradient))
    const largest = change.reduce((most, each) => Math.max(most, Math.abs(each)), 0)
    if (largest < closeEnough || step === mostSteps) return { logOdds, precision }
    // A step of Newton's method far from the mode may be too long.
    const scale = Math.min(1, 3 / largest)
    logOdds = logOdds.map((value, at) => value + scale * (change[at] ?? 0))
  }
}
