/** @file What a timeline shows in each column of pixels. */
import type { Stretches } from '../../../../shared/count/stretches.ts'
import { type Span, toX } from './timeline-view.ts'

/** Pairs of columns, from and up to, that are occupied; neighbours are joined. */
export function occupiedColumns(stretches: Stretches, span: Span, width: number): number[] {
  const columns: number[] = []
  for (let i = firstIn(stretches, span.from); i < stretches.length; i += 2) {
    const [first = 0, last = 0] = [stretches[i], stretches[i + 1]]
    if (first >= span.to) break
    const from = Math.max(0, Math.floor(toX(first, span, width)))
    // A single frame of a long tape is still one column wide.
    const to = Math.min(width, Math.max(from + 1, Math.ceil(toX(last + 1, span, width))))
    const end = columns.at(-1)
    if (end !== undefined && from <= end) columns[columns.length - 1] = Math.max(end, to)
    else columns.push(from, to)
  }
  return columns
}

/** Index of the first stretch (of its first position) that ends at or after a position. */
export function firstIn(stretches: Stretches, position: number): number {
  let [low, high] = [0, stretches.length / 2]
  const at = Math.floor(position)
  while (low < high) {
    const middle = (low + high) >> 1
    if ((stretches[2 * middle + 1] ?? 0) < at) low = middle + 1
    else high = middle
  }
  return 2 * low
}

/** Whether a position lies in a stretch. */
export function isOccupied(stretches: Stretches, position: number): boolean {
  const first = stretches[firstIn(stretches, position)]
  return first !== undefined && first <= position
}

/** The stretch that a position lies in, as first and last position; null where it is free. */
export function stretchAt(
  stretches: Stretches,
  position: number,
): { first: number; last: number } | null {
  const i = firstIn(stretches, position)
  const [first, last] = [stretches[i], stretches[i + 1]]
  return first !== undefined && last !== undefined && first <= position ? { first, last } : null
}
