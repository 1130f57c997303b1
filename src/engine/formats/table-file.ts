/** @file Tables of datasets: CSV text in, rows by column name out, and back. */
import Papa from 'papaparse'
import { AppError } from '../../shared/errors.ts'

/** What may part columns: spreadsheets of many countries write semicolons. */
const delimiters = [',', ';', '\t'] as const

/** The delimiter that occurs most in the header outside of quotes. */
function delimiterOf(text: string): string {
  const header = (/^.*/.exec(text.trimStart())?.[0] ?? '').replaceAll(/"[^"]*"/g, '')
  const counts = delimiters.map((delimiter) => header.split(delimiter).length)
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ','
}

const badTable = (file: string, what: string): AppError =>
  new AppError('bad-dataset', `${file} ${what}`, 'Correct the table there and save it as CSV.')

function checkHeader(header: readonly string[], file: string): void {
  const twice = header.find((name, i) => header.indexOf(name) < i)
  if (twice !== undefined) throw badTable(file, `has two columns ${JSON.stringify(twice)}`)
}

/**
 * The rows of a CSV text with a header; values are texts as they are, names of columns are trimmed.
 * `file` is what errors call it. Rows without any value are left out.
 * @throws AppError `bad-dataset` with the row, counted from 1 with the header
 */
export function readTable(text: string, file: string): Record<string, string>[] {
  const delimiter = delimiterOf(text)
  const { data, errors } = Papa.parse<string[]>(text, { delimiter })
  const [fault] = errors
  if (fault) throw badTable(file, `row ${(fault.row ?? 0) + 1}: ${fault.message}`)
  const isEmpty = (row: readonly string[]) => row.every((value) => value.trim() === '')
  const first = data.findIndex((row) => !isEmpty(row))
  const header = data[first]?.map((name) => name.trim())
  if (!header) throw badTable(file, 'is empty; a header with the names of the columns was expected')
  checkHeader(header, file)
  return data.flatMap((row, i) => {
    if (i <= first || isEmpty(row)) return []
    if (row.length !== header.length)
      throw badTable(
        file,
        `row ${i + 1} has ${row.length} columns; ${header.length} were expected, as in the header`,
      )
    return [Object.fromEntries(header.map((name, column) => [name, row[column] ?? '']))]
  })
}

/** A table as CSV with its header; values are written as they are, quoted where they need it. */
export function writeTable(
  header: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const table = { fields: [...header], data: rows.map((row) => [...row]) }
  return `${Papa.unparse(table, { newline: '\n' })}\n`
}
