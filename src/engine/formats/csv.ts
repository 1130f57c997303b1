/** @file Tables as CSV (RFC 4180) that a spreadsheet opens without running what is in them. */

/** Null is an empty cell. */
export type CsvCell = string | number | null

/** A spreadsheet takes a text that begins like this for a formula (OWASP, "CSV Injection"). */
const formula = /^[=+\-@\t\r]/
const needsQuotes = /[",\r\n]/

function cellText(cell: CsvCell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const harmless = formula.test(cell) ? `'${cell}` : cell
  return needsQuotes.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** A table with its header; every line ends with CR LF. Texts like formulas get a leading quote. */
export function csv(header: readonly string[], rows: Iterable<readonly CsvCell[]>): string {
  const lines = [header, ...rows].map((row) => `${row.map(cellText).join(',')}\r\n`)
  return lines.join('')
}
