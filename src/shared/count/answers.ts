/** @file Scores against what reviewers said: histogram, precision and recall, the best threshold. */
import { seededUniform } from './random-table.ts'

export type Answers = ReadonlyMap<number, boolean>

export interface AnswerHistogram {
  /** Ascending, one more than there are bins; a score lies in [bound, next bound). */
  bounds: Float64Array
  occupied: Uint32Array
  empty: Uint32Array
  /** Frames that nobody reviewed. */
  unanswered: Uint32Array
}

/**
 * Frames by score, split by answer. Bins are of equal width in ln(score + 1): most scores lie near 0
 * and the interesting ones far apart.
 */
export function answerHistogram(
  scores: Float64Array,
  answers: Answers,
  bins: number,
): AnswerHistogram {
  const highest = scores.reduce((most, score) => Math.max(most, score), 0)
  const width = Math.log1p(highest) / bins || 1
  const histogram: AnswerHistogram = {
    bounds: Float64Array.from({ length: bins + 1 }, (_, bin) => Math.expm1(bin * width)),
    occupied: new Uint32Array(bins),
    empty: new Uint32Array(bins),
    unanswered: new Uint32Array(bins),
  }
  const add = (list: Uint32Array, score: number, count: number): void => {
    const bin = Math.min(bins - 1, Math.floor(Math.log1p(score) / width))
    list[bin] = (list[bin] ?? 0) + count
  }
  for (let position = 0; position < scores.length; position++)
    add(histogram.unanswered, scores[position] ?? 0, 1)
  for (const [position, occupied] of answers) {
    const score = scores[position]
    if (score === undefined) continue
    add(histogram.unanswered, score, -1)
    add(occupied ? histogram.occupied : histogram.empty, score, 1)
  }
  return histogram
}

/** Reviewed frames by what was counted and what was said; rates are null where nothing is divided. */
export interface Agreement {
  /** Occupied by both, counted wrongly, missed, empty by both. */
  tp: number
  fp: number
  fn: number
  tn: number
  precision: number | null
  recall: number | null
  f1: number | null
}

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

/** How a threshold agrees with the answers; frames alone, without enter and leave times. */
export function agreement(scores: Float64Array, answers: Answers, threshold: number): Agreement {
  const counts = { tp: 0, fp: 0, fn: 0, tn: 0 }
  for (const [position, occupied] of answers) {
    const score = scores[position]
    if (score === undefined) continue
    const counted = score > threshold
    if (occupied) counts[counted ? 'tp' : 'fn'] += 1
    else counts[counted ? 'fp' : 'tn'] += 1
  }
  const { tp, fp, fn } = counts
  return {
    ...counts,
    precision: ratio(tp, tp + fp),
    recall: ratio(tp, tp + fn),
    f1: ratio(2 * tp, 2 * tp + fp + fn),
  }
}

/** A score that was reviewed, and how often it counts. */
interface Answered {
  score: number
  occupied: boolean
  weight: number
}

/** The threshold of the highest F1 over answers in ascending order of their scores. */
function highestF1(answered: readonly Answered[]): { threshold: number; f1: number } {
  let tp = answered.reduce((sum, { occupied, weight }) => sum + (occupied ? weight : 0), 0)
  let fp = answered.reduce((sum, { weight }) => sum + weight, 0) - tp
  let fn = 0
  let best = { threshold: 0, f1: -1, gap: 0 }
  let before = 0
  // Each step stands for thresholds from one score up to the next.
  for (let i = 0; i <= answered.length; i++) {
    const { score, occupied, weight } = answered[i] ?? { score: before, occupied: true, weight: 0 }
    const gap = score - before
    if (gap > 0 || (i === answered.length && best.f1 < 0)) {
      const f1 = tp === 0 ? 0 : (2 * tp) / (2 * tp + fp + fn)
      const isBetter = f1 > best.f1 + 1e-12 || (f1 > best.f1 - 1e-12 && gap > best.gap)
      if (isBetter) best = { threshold: before + gap / 2, f1, gap }
    }
    if (occupied) {
      tp -= weight
      fn += weight
    } else fp -= weight
    before = score
  }
  return { threshold: best.threshold, f1: best.f1 }
}

export interface BestThreshold {
  threshold: number
  f1: number
  /** Where the best threshold lies in about two of three samples of so many answers. */
  low: number
  high: number
  /** Answers that it rests on. */
  occupied: number
  empty: number
}

/** Samples that are drawn again; fewer of many answers, which say more each. */
const resamplesOf = (answers: number): number =>
  Math.max(50, Math.min(200, Math.round(400_000 / answers)))

/**
 * The threshold that agrees best with the answers: the highest F1, in the middle of the gap between
 * two scores that are told apart, of the widest one where several are as good. How sure that is comes
 * from the bootstrap (Efron 1979), the range from the 16th to the 84th of 100. Null unless there are
 * answers of both kinds.
 */
export function bestThreshold(scores: Float64Array, answers: Answers): BestThreshold | null {
  const answered = [...answers]
    .flatMap(([position, occupied]): Answered[] => {
      const score = scores[position]
      return score === undefined ? [] : [{ score, occupied, weight: 1 }]
    })
    .sort((a, b) => a.score - b.score)
  const occupied = answered.filter((each) => each.occupied).length
  const empty = answered.length - occupied
  if (occupied === 0 || empty === 0) return null
  const uniform = seededUniform(answered.length)
  const found: number[] = []
  const resamples = resamplesOf(answered.length)
  for (let resample = 0; resample < resamples; resample++) {
    for (const each of answered) each.weight = 0
    for (let i = 0; i < answered.length; i++) {
      const drawn = answered[Math.floor(uniform() * answered.length)]
      if (drawn) drawn.weight += 1
    }
    const kept = answered.filter(({ weight }) => weight > 0)
    if (kept.some((each) => each.occupied) && kept.some((each) => !each.occupied))
      found.push(highestF1(kept).threshold)
  }
  for (const each of answered) each.weight = 1
  const best = highestF1(answered)
  found.sort((a, b) => a - b)
  const at = (share: number) => found[Math.floor(share * found.length)] ?? best.threshold
  return {
    ...best,
    low: Math.min(best.threshold, at(0.16)),
    high: Math.max(best.threshold, at(0.84)),
    ...{ occupied, empty },
  }
}
