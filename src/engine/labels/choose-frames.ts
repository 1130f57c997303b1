/** @file Frames that stand for all others: a greedy choice among candidates. */

export interface FrameCandidate {
  /** What is seen on it, as numbers; frames that look alike are close to each other. */
  view: Float32Array
  /** How much it matters that something like it is chosen. */
  weight: number
}

/** Sum of squared differences. */
function distance(one: Float32Array, other: Float32Array): number {
  let sum = 0
  for (let i = 0; i < one.length; i++) {
    const difference = (one[i] ?? 0) - (other[i] ?? 0)
    sum += difference * difference
  }
  return sum
}

/**
 * Chooses `count` of the candidates, each such that the distances of all candidates to the nearest
 * known or chosen one fall the most (greedy k-medoids; within 1 - 1/e of the best choice, Nemhauser
 * et al. 1978). Returns their positions in the order of the choice, fewer where there are fewer.
 *
 * @param known views that need nobody like them
 */
export function chooseFrames(
  candidates: readonly FrameCandidate[],
  known: readonly Float32Array[],
  count: number,
): number[] {
  const distances = candidates.map(({ view }) =>
    Float64Array.from(candidates, (other) => distance(view, other.view)),
  )
  const farthest = Math.max(0, ...distances.map((row) => Math.max(...row)))
  const nearest = Float64Array.from(candidates, ({ view }) =>
    Math.min(farthest, ...known.map((other) => distance(view, other))),
  )
  const gain = (row: Float64Array): number => {
    let sum = 0
    for (const [i, { weight }] of candidates.entries())
      sum += weight * Math.max(0, (nearest[i] ?? 0) - (row[i] ?? 0))
    return sum
  }
  const chosen: number[] = []
  while (chosen.length < Math.min(count, candidates.length)) {
    const gains = distances.map((row, i) => (chosen.includes(i) ? -1 : gain(row)))
    const best = gains.indexOf(Math.max(...gains))
    chosen.push(best)
    for (const [i, each] of distances[best]?.entries() ?? [])
      nearest[i] = Math.min(nearest[i] ?? 0, each)
  }
  return chosen
}
