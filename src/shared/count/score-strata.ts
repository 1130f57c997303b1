/**
 * @file The frames of a region sorted into strata by their score: how many there are, how many were
 * reviewed and what came of it, and how many of each stand for themselves.
 */

/** Bounds between strata, as ln((score + 1) / (threshold + 1)); the middle one is the threshold. */
const bounds = [-2.1, -1.4, -1, -0.7, -0.45, -0.25, -0.1, 0, 0.1, 0.25, 0.45, 0.7, 1, 1.4, 2.1]

/**
 * Where each stratum stands on that scale. The outermost are open and stand close: how the share of
 * occupied frames goes on far from the threshold is not read off frames that are near it.
 */
export const stratumCentres: readonly number[] = [
  bounds[0] ?? 0,
  ...bounds.slice(1).map((bound, i) => (bound + (bounds[i] ?? 0)) / 2),
  bounds.at(-1) ?? 0,
]
export const stratumCount = stratumCentres.length

export interface Stratum {
  frames: number
  reviewed: number
  occupied: number
  /** Groups of like neighbours that the frames make; at most `frames`. */
  groups: number
  /** Of those that were reviewed: groups with one answer each, and those answered 'occupied'. */
  reviewedGroups: number
  occupiedGroups: number
}

/** A visit is at most taken for so many frames that say the same. */
const longestGroup = 200

/** Mean length of the stretches of scores above a threshold. */
function meanStretch(scores: Float64Array, threshold: number): number {
  let above = 0
  let stretches = 0
  let before = false
  for (let position = 0; position < scores.length; position++) {
    const now = (scores[position] ?? 0) > threshold
    if (now) {
      above += 1
      if (!before) stretches += 1
    }
    before = now
  }
  return stretches === 0 ? 1 : above / stretches
}

/**
 * Which stratum a score is in: the number of bounds that it is above. Scores at the threshold are
 * below it, as in counting.
 */
function stratumFinder(threshold: number): (score: number) => number {
  const limits = Float64Array.from(bounds, (bound) =>
    bound === 0 ? threshold : (threshold + 1) * Math.exp(bound) - 1,
  )
  return (score) => {
    let low = 0
    let high = limits.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (score > (limits[middle] ?? 0)) low = middle + 1
      else high = middle
    }
    return low
  }
}

/**
 * Sorts the frames of a region. Frames of a stratum that lie closer than half a usual visit are of
 * one group: they mostly show the same, so that they count as one observation.
 */
export function scoreStrata(
  scores: Float64Array,
  threshold: number,
  answers: ReadonlyMap<number, boolean>,
): Stratum[] {
  const visit = Math.min(longestGroup, meanStretch(scores, threshold))
  const reach = visit / 2
  const find = stratumFinder(threshold)
  const counts = new Uint32Array(stratumCount)
  const groups = new Uint32Array(stratumCount)
  const last = new Float64Array(stratumCount).fill(Number.NEGATIVE_INFINITY)
  for (let position = 0; position < scores.length; position++) {
    const at = find(scores[position] ?? 0)
    counts[at] = (counts[at] ?? 0) + 1
    if (position - (last[at] ?? 0) > reach) groups[at] = (groups[at] ?? 0) + 1
    last[at] = position
  }
  const strata = Array.from(counts, (frames, at): Stratum => {
    const most = Math.max(groups[at] ?? 0, frames / visit)
    return {
      ...{ frames, groups: Math.min(frames, most) },
      ...{ reviewed: 0, occupied: 0, reviewedGroups: 0, occupiedGroups: 0 },
    }
  })
  const seen = strata.map(() => ({ position: Number.NEGATIVE_INFINITY, occupied: false }))
  for (const position of [...answers.keys()].sort((a, b) => a - b)) {
    if (position < 0 || position >= scores.length) continue
    const at = find(scores[position] ?? 0)
    const [stratum, before] = [strata[at], seen[at]]
    if (!stratum || !before) continue
    const occupied = answers.get(position) === true
    const isNew = position - before.position > reach || occupied !== before.occupied
    stratum.reviewed += 1
    stratum.occupied += Number(occupied)
    stratum.reviewedGroups += Number(isNew)
    stratum.occupiedGroups += Number(isNew && occupied)
    seen[at] = { position, occupied }
  }
  return strata
}
