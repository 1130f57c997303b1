/** @file What the user is told when a compute process ends in the middle of its work. */
import { AppError } from '../../shared/errors.ts'
import type { ProcessEnd } from './types.ts'

const memoryHint =
  'The system may have run out of memory. Close other programs or use fewer threads, and run it again: it goes on where it stopped.'
const nativeHint =
  'Run it again: it goes on where it stopped. If it ends at the same place, the tape or the network is damaged.'
const hungHint = 'Run it again: it goes on where it stopped.'

/** How a compute process came to its end. */
export interface CrashReport {
  end: ProcessEnd
  /** Names of the tasks that were running. */
  tasks: readonly string[]
  /** The task for whose sake we ended it: it did not stop when it was cancelled. */
  hung: string | null
}

/** The error of the tasks that were running; its cause holds the last lines that were printed. */
export function crashError({ end, tasks, hung }: CrashReport): AppError {
  const how = hung === null ? howItEnded(end) : `had to be ended because ${hung} did not stop`
  const during = tasks.length > 0 ? ` during ${tasks.join(', ')}` : ''
  const hint = hung === null ? hintFor(end) : hungHint
  const cause = end.lastLines === '' ? undefined : new Error(end.lastLines)
  return new AppError('compute-crashed', `a compute process ${how}${during}`, hint, { cause })
}

function hintFor({ signal }: ProcessEnd): string {
  return signal === 'SIGKILL' ? memoryHint : nativeHint
}

function howItEnded({ exitCode, signal }: ProcessEnd): string {
  if (signal !== null) return `was ended by ${signal}`
  return exitCode === null ? 'could not be started' : `ended with exit code ${exitCode}`
}
