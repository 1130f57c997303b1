/** @file What the user is told when a compute process ends in the middle of its work. */
import { AppError } from '../../shared/errors.ts'
import type { ProcessEnd } from './types.ts'

const memoryHint =
  'The system may have run out of memory. Close other programs or use fewer threads, and run it again: it goes on where it stopped.'
const nativeHint =
  'Run it again: it goes on where it stopped. If it ends at the same place, the tape or the network is damaged.'

/** The error of the tasks that were running; its cause holds the last lines that were printed. */
export function crashError(tasks: readonly string[], end: ProcessEnd): AppError {
  const how = howItEnded(end)
  const during = tasks.length > 0 ? ` during ${tasks.join(', ')}` : ''
  const hint = end.signal === 'SIGKILL' ? memoryHint : nativeHint
  const cause = end.lastLines === '' ? undefined : new Error(end.lastLines)
  return new AppError('compute-crashed', `a compute process ${how}${during}`, hint, { cause })
}

function howItEnded({ exitCode, signal }: ProcessEnd): string {
  if (signal !== null) return `was ended by ${signal}`
  return exitCode === null ? 'could not be started' : `ended with exit code ${exitCode}`
}
