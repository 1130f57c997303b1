/** @file Which cells of a grid of pictures can be seen: only those are there. */

export interface GridShape {
  columns: number
  rows: number
  /** CSS pixels from one cell to the next. */
  cellWidth: number
  cellHeight: number
}

const least = 168
export const cellHeight = 178

/** As many columns as there is room for; cells share what is left. */
export function gridShape(count: number, width: number): GridShape {
  const columns = Math.max(1, Math.floor(width / least))
  const rows = Math.ceil(count / columns)
  return { columns, rows, cellWidth: Math.floor(width / columns), cellHeight }
}

/** Places of the cells within what is scrolled into view, with a row more on both sides. */
export function visibleCells(
  { columns, rows }: GridShape,
  count: number,
  { top, height }: { top: number; height: number },
): { first: number; end: number } {
  const from = Math.max(0, Math.floor(top / cellHeight) - 1)
  const to = Math.min(rows, Math.ceil((top + height) / cellHeight) + 1)
  return { first: Math.min(count, from * columns), end: Math.min(count, to * columns) }
}

/** Where to scroll so that a cell is all in view; the same place where it is already. */
export function scrollShowing(
  index: number,
  { columns }: GridShape,
  { top, height }: { top: number; height: number },
): number {
  const above = Math.floor(index / columns) * cellHeight
  if (above < top) return above
  return above + cellHeight > top + height ? above + cellHeight - height : top
}
