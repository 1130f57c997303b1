/** @file Which rows of a long list can be seen. */

export interface VisibleRows {
  first: number
  end: number
}

/** Rows above and below what can be seen, so that a quick scroll meets something. */
const spare = 4

export function visibleRows(
  scrollTop: number,
  height: number,
  rowHeight: number,
  rows: number,
): VisibleRows {
  return {
    first: Math.min(rows, Math.max(0, Math.floor(scrollTop / rowHeight) - spare)),
    end: Math.min(rows, Math.ceil((scrollTop + height) / rowHeight) + spare),
  }
}

/** Where to scroll so that a row can be seen: as little as possible. */
export function scrollShowing(
  index: number,
  scrollTop: number,
  height: number,
  rowHeight: number,
): number {
  const [top, bottom] = [index * rowHeight, (index + 1) * rowHeight]
  if (top < scrollTop) return top
  return bottom > scrollTop + height ? bottom - height : scrollTop
}
