/** @file The edge between SQL and TypeScript: rows are checked as they come in. */
import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import { restoreHint, withDatabaseErrors } from './database-error.ts'

/** A column that holds JSON of this schema. */
export function json<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text)
      } catch {
        context.addIssue({ code: 'custom', message: 'is not JSON' })
        return z.NEVER
      }
    })
    .pipe(schema)
}

/** A column that holds 0 or 1. */
export const flag = z.literal([0, 1]).transform((value) => value === 1)

export const blob = z.instanceof(Uint8Array)

/** A column that holds numbers, little-endian as on all our platforms. */
export const float64Blob = wholeNumbersOf(Float64Array.BYTES_PER_ELEMENT).transform(
  (bytes) => new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8),
)

export const uint32Blob = wholeNumbersOf(Uint32Array.BYTES_PER_ELEMENT).transform(
  (bytes) => new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4),
)

/** Bytes of numbers of this size; copied only where they do not lie on a boundary of it. */
function wholeNumbersOf(size: number) {
  return blob
    .refine((bytes) => bytes.length % size === 0, `is no whole number of ${size} bytes`)
    .transform((bytes) => (bytes.byteOffset % size === 0 ? bytes : Uint8Array.from(bytes)))
}

/**
 * What was read from the database, as the type it has.
 * @throws AppError `project-damaged` when nobody can have written it
 */
export function checkStored<Schema extends z.ZodType>(
  db: Database,
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new AppError(
    'project-damaged',
    `${db.name} holds what cannot be: ${z.prettifyError(result.error)}`,
    restoreHint,
    { cause: result.error },
  )
}

/** The first row that a query gives, or undefined. */
export function first<Schema extends z.ZodType>(
  db: Database,
  schema: Schema,
  sql: string,
  ...parameters: unknown[]
): z.output<Schema> | undefined {
  const row = withDatabaseErrors(db.name, () => db.prepare(sql).get(...parameters))
  return row === undefined ? undefined : checkStored(db, schema, row)
}

/** Every row that a query gives. */
export function all<Schema extends z.ZodType>(
  db: Database,
  schema: Schema,
  sql: string,
  ...parameters: unknown[]
): z.output<Schema>[] {
  const rows = withDatabaseErrors(db.name, () => db.prepare(sql).all(...parameters))
  return rows.map((row) => checkStored(db, schema, row))
}

/** The bytes of a typed array, without a copy. */
export function bytesOf(array: Float64Array | Uint32Array | Uint8Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
}
