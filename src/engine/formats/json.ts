/** @file JSON files at the edge: text in, checked values out, errors with line and column. */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { AppError, toAppError } from '../../shared/errors.ts'
import { findJsonFault } from './json-error.ts'

/** How many schema issues one message lists. */
const listedIssues = 5

function syntaxError(text: string, path: string, cause: unknown): AppError {
  const fault = findJsonFault(text) ?? { offset: 0, problem: 'not JSON' }
  const before = text.slice(0, fault.offset).split(/\r\n|\r|\n/)
  const place = `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`
  return new AppError(
    'bad-json',
    `${path}, ${place}: ${fault.problem}`,
    'Correct the file there; JSON has no comments and no comma after the last entry.',
    { cause },
  )
}

function schemaError(error: z.ZodError, path: string): AppError {
  const issues = error.issues.map((issue) => {
    const place = z.core.toDotPath(issue.path)
    return place === '' ? issue.message : `${place}: ${issue.message}`
  })
  const more = issues.length - listedIssues
  const listed = issues.slice(0, listedIssues).join('; ') + (more > 0 ? `; and ${more} more` : '')
  return new AppError('bad-value', `${path}: ${listed}`, 'Correct these entries of the file.')
}

/**
 * Parses JSON and checks it against `schema`. `path` is what the errors call the text.
 * Throws `bad-json` with line and column (both from 1) when it is not JSON, and `bad-value` with
 * the path of every wrong entry when it does not fit the schema.
 */
export function parseJson<Value>(text: string, path: string, schema: z.ZodType<Value>): Value {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text
  let value: unknown
  try {
    value = JSON.parse(source)
  } catch (error) {
    throw syntaxError(source, path, error)
  }
  return checkValue(value, path, schema)
}

/** Checks a value against `schema`. Throws `bad-value` with the path of every wrong entry. */
export function checkValue<Value>(value: unknown, path: string, schema: z.ZodType<Value>): Value {
  const result = schema.safeParse(value)
  if (!result.success) throw schemaError(result.error, path)
  return result.data
}

/** Reads a JSON file and checks it against `schema`; see `parseJson`. */
export async function readJson<Value>(path: string, schema: z.ZodType<Value>): Promise<Value> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    throw toAppError(error, path)
  }
  return parseJson(text, path, schema)
}
