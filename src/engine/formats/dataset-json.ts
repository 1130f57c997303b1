/** @file JSON files of datasets: text of any known encoding in, checked values out. */
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import { parseJson } from './json.ts'
import { readText } from './text-file.ts'

/**
 * Reads a JSON file of a dataset and checks it against `schema`.
 *
 * @throws AppError `bad-dataset` with line and column, or with the path of the wrong entries;
 *   `no-such-file`, `is-a-directory`
 */
export async function readDatasetJson<Value>(
  path: string,
  schema: z.ZodType<Value>,
): Promise<Value> {
  const text = await readText(path)
  try {
    return parseJson(text, path, schema)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw new AppError('bad-dataset', error.message, error.hint, { cause: error })
  }
}

/** What is wrong with one entry, in a line: `bbox.2: expected number`. */
export function issuesOf(error: z.ZodError): string {
  return error.issues
    .map(({ path, message }) =>
      path.length === 0 ? message : `${z.core.toDotPath(path)}: ${message}`,
    )
    .slice(0, 3)
    .join('; ')
}
