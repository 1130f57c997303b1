/** @file What is wrong with a part of a set, where the rest of it can be read. */
import { AppError } from '../../shared/errors.ts'

/** The message of an error about data or files; the user's own wish and mistakes of ours go on. */
export function problemOf(error: unknown): string {
  if (error instanceof AppError && error.code !== 'cancelled') return error.message
  throw error
}
