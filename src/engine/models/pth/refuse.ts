import { AppError } from '../../../shared/errors.ts'

/** The error of a checkpoint that is not read: what is wrong with it, and what to do. */
export function refused(problem: string, hint = ''): AppError {
  return new AppError('bad-checkpoint', problem, hint)
}

/** What to do about a file that is not whole. */
export const downloadAgain =
  'Download or copy the file again; it was cut off or changed on the way.'
