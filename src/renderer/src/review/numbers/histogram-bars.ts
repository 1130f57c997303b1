/** @file Heights of a histogram's bars. */
import type { AnswerHistogram } from '../../../../shared/count/answers.ts'

export interface Bar {
  /** The score at which it begins. */
  bound: number
  /** Of the highest bar of answers, 0 … 1. */
  occupied: number
  empty: number
  /** Of the highest bar of frames without an answer, by the square root: most score nearly 0. */
  unanswered: number
}

const highest = (list: ArrayLike<number>): number => Math.max(1, ...Array.from(list))

export function barsOf({ bounds, occupied, empty, unanswered }: AnswerHistogram): Bar[] {
  const most = Math.max(highest(occupied), highest(empty))
  const mostOpen = highest(unanswered)
  return Array.from(occupied, (count, i) => ({
    bound: bounds[i] ?? 0,
    occupied: count / most,
    empty: (empty[i] ?? 0) / most,
    unanswered: Math.sqrt((unanswered[i] ?? 0) / mostOpen),
  }))
}

/** Where a score lies along the histogram, 0 … 1: bins are of equal width in ln(score + 1). */
export function shareOf(score: number, { bounds }: AnswerHistogram): number {
  const top = Math.log1p(bounds.at(-1) ?? 0)
  return top > 0 ? Math.min(1, Math.log1p(Math.max(0, score)) / top) : 0
}
