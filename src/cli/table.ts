/** @file Short tables for people. */

export type Cell = string | number | null

function text(cell: Cell): string {
  if (cell === null) return '–'
  return typeof cell === 'number'
    ? cell.toLocaleString('en-US', { maximumFractionDigits: 3 })
    : cell
}

/** Columns are as wide as their longest cell; columns of numbers are flush right. */
export function table(header: string[], rows: Cell[][]): string {
  const cells = [header, ...rows.map((row) => row.map(text))]
  const numeric = header.map(
    (_, column) => rows.every((row) => typeof row[column] !== 'string') && rows.length > 0,
  )
  const widths = header.map((_, column) =>
    Math.max(...cells.map((row) => (row[column] ?? '').length)),
  )
  const line = (row: string[]) =>
    row
      .map((cell, i) => (numeric[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd()
  const rule = widths.map((width) => '─'.repeat(width)).join('  ')
  const [first = [], ...rest] = cells
  return [line(first), rule, ...rest.map(line)].join('\n')
}

/** `62.5 %`. */
export function percent(share: number | null, digits = 1): string {
  return share === null ? '–' : `${(share * 100).toFixed(digits)} %`
}

/** Three digits after the point, or a dash where there is no value. */
export function score(value: number | null): string {
  return value === null ? '–' : value.toFixed(3)
}
