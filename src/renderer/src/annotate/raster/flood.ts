/** @file Pixels that hang together with one of them, side by side (four neighbours). */
import type { Size } from '../../../../shared/recipe.ts'
import { Selection } from './selection.ts'

/**
 * The accepted pixels that are connected with a pixel, it included; none where it is not accepted.
 * Whole runs of a row at a time (Smith 1979, "Tint fill"). `seen` may be shared by several floods of
 * one picture: what one has taken the next leaves out.
 */
export function flood(
  size: Size,
  seed: number,
  accepts: (offset: number) => boolean,
  seen: Uint8Array = new Uint8Array(size.width * size.height),
): Selection {
  const { width, height } = size
  const selection = new Selection(size)
  const open = (offset: number): boolean => seen[offset] === 0 && accepts(offset)
  const stack = [seed]
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (!open(at)) continue
    const row = Math.floor(at / width)
    const start = row * width
    let first = at
    while (first > start && open(first - 1)) first--
    let end = at + 1
    while (end < start + width && open(end)) end++
    seen.fill(1, first, end)
    selection.add(row, first - start, end - start)
    if (row > 0) pushRuns(stack, first - width, end - width, open)
    if (row < height - 1) pushRuns(stack, first + width, end + width, open)
  }
  return selection
}

/** One pixel of each run of open pixels between two offsets. */
function pushRuns(
  stack: number[],
  from: number,
  to: number,
  open: (offset: number) => boolean,
): void {
  let inside = false
  for (let offset = from; offset < to; offset++) {
    const isOpen = open(offset)
    if (isOpen && !inside) stack.push(offset)
    inside = isOpen
  }
}
