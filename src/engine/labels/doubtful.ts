/** @file Which frames to review first: those whose score lies closest to the threshold. */

/** One region's scores and what a reviewer has said about them. */
export interface ReviewedRegion {
  name: string
  /** Pixels of probability at each position of the run. */
  scores: ArrayLike<number>
  threshold: number
  /** Position → the reviewer's answer: is somebody there? */
  marks: ReadonlyMap<number, boolean>
}

export interface ReviewItem {
  region: string
  position: number
  score: number
  /** See `doubtDistance`. */
  distance: number
  /** Null = not reviewed. */
  mark: boolean | null
}

export interface ReviewChoice {
  /** Length of the list. */
  limit: number
  /** Fewest positions between two items of a region; neighbours look alike. */
  apart: number
  /** Whether frames that are already reviewed are listed too. */
  reviewed: boolean
}

/**
 * How far a score is from the threshold: |ln((score + 1) / (threshold + 1))|. By ratio, because
 * half the threshold is as doubtful as twice; one pixel is added to both, so that an empty region
 * and a threshold of 0 have a finite value. 0 is at the threshold, 0.69 at a factor of 2.
 */
export function doubtDistance(score: number, threshold: number): number {
  return Math.abs(Math.log((score + 1) / (threshold + 1)))
}

/** Positions by distance, the closest first and equally close ones in order; at least `most` of them. */
function closest(distances: Float64Array, most: number): number[] {
  // Sorting the numbers alone is many times faster than sorting all positions by them.
  const bound = distances.toSorted()[most - 1] ?? Number.POSITIVE_INFINITY
  const at = (position: number) => distances[position] ?? 0
  const near: number[] = []
  for (let position = 0; position < distances.length; position++)
    if (at(position) <= bound) near.push(position)
  return near.sort((a, b) => at(a) - at(b) || a - b)
}

/** The most doubtful items of one region. */
function doubtfulOf(region: ReviewedRegion, { limit, apart, reviewed }: ReviewChoice) {
  const { name, scores, threshold, marks } = region
  const distances = Float64Array.from(scores, (score) => doubtDistance(score, threshold))
  // Each chosen item rules out at most 2 (apart - 1) neighbours, and each mark one.
  const candidates = closest(distances, limit * (2 * apart - 1) + marks.size)
  const near = new Uint8Array(scores.length)
  const chosen: ReviewItem[] = []
  for (const position of candidates) {
    if (chosen.length >= limit) break
    const mark = marks.get(position) ?? null
    if (near[position] || (mark !== null && !reviewed)) continue
    near.fill(1, Math.max(0, position - apart + 1), position + apart)
    const [score = 0, distance = 0] = [scores[position], distances[position]]
    chosen.push({ region: name, position, score, distance, mark })
  }
  return chosen
}

/** The frames to review, the most doubtful of all regions first. */
export function reviewList(regions: readonly ReviewedRegion[], choice: ReviewChoice): ReviewItem[] {
  const items = regions.flatMap((region) => doubtfulOf(region, choice))
  return items.sort((a, b) => a.distance - b.distance).slice(0, choice.limit)
}
