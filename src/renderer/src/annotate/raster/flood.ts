/** @file Pixels that hang together with one of them, side by side (four neighbours). */
import type { Size } from '../../../../shared/recipe.ts'
import { type Grid, isOpen } from './grid.ts'
import { Selection } from './selection.ts'

const closed = 1 - isOpen

/**
 * The open pixels that are connected with a pixel, it included; none where it is not open. What is
 * taken is closed in `open`, so that the next flood of the same grid leaves it out. Whole runs of a row
 * at a time (Smith 1979, "Tint fill").
 */
export function flood(size: Size, seed: number, open: Grid): Selection {
  const { width, height } = size
  const selection = new Selection(size)
  const stack = [seed]
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (open[at] !== isOpen) continue
    const row = Math.floor(at / width)
    const start = row * width
    let first = at
    while (first > start && open[first - 1] === isOpen) first--
    let end = at + 1
    while (end < start + width && open[end] === isOpen) end++
    open.fill(closed, first, end)
    selection.add(row, first - start, end - start)
    if (row > 0) pushRuns(stack, first - width, end - width, open)
    if (row < height - 1) pushRuns(stack, first + width, end + width, open)
  }
  return selection
}

/** One pixel of each run of open pixels between two offsets. */
function pushRuns(stack: number[], from: number, to: number, open: Grid): void {
  let inside = false
  for (let offset = from; offset < to; offset++) {
    const here = open[offset] === isOpen
    if (here && !inside) stack.push(offset)
    inside = here
  }
}
