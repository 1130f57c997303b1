/** @file A comparison as a file, by the ending of its name. */
import { extname } from 'node:path'
import type { Comparison } from '../../shared/contract/compare.ts'
import { AppError, toAppError } from '../../shared/errors.ts'
import { replaceFile } from '../projects/replace-file.ts'
import { comparisonPage } from './page.ts'
import { comparisonPlot } from './plot.ts'
import { comparisonCsv, comparisonMarkdown } from './write-text.ts'

const writers: Readonly<Record<string, (comparison: Comparison) => string>> = {
  '.html': comparisonPage,
  '.md': comparisonMarkdown,
  '.csv': comparisonCsv,
  '.json': (comparison) => `${JSON.stringify(comparison, null, 2)}\n`,
  '.svg': (comparison) => comparisonPlot(comparison).text,
}

/** Throws `bad-value` for an ending that there is no form for. */
export function comparisonWriter(path: string): (comparison: Comparison) => string {
  const ending = extname(path).toLowerCase()
  const writer = Object.hasOwn(writers, ending) ? writers[ending] : undefined
  if (writer) return writer
  throw new AppError(
    'bad-value',
    `${path} has the ending ${JSON.stringify(ending)}; one of ${Object.keys(writers).join(', ')} was expected`,
    'Name a file with one of them.',
  )
}

/** @throws AppError `bad-value` for another ending; `disk-full`, `read-only` and the like */
export async function saveComparison(comparison: Comparison, path: string): Promise<void> {
  const text = comparisonWriter(path)(comparison)
  await replaceFile(path, text).catch((error: unknown) => {
    throw toAppError(error, path)
  })
}
