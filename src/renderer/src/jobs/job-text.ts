/** @file A job's progress and end in words. */
import type { Job } from '../../../shared/contract/jobs.ts'
import type { JobProgress } from '../../../shared/progress.ts'
import { bytes, duration, number } from '../format.ts'

export function isUnderWay({ state }: Pick<Job, 'state'>): boolean {
  return state === 'running' || state === 'queued'
}

/** It waits for the user: something went wrong. */
export function needsLook({ state, dismissed }: Pick<Job, 'state' | 'dismissed'>): boolean {
  return !dismissed && (state === 'failed' || state === 'interrupted')
}

function amount(value: number, unit: string): string {
  return unit === 'bytes' ? bytes(value) : number(value)
}

/** Of jobs that have no title of their own, such as those of the command line. */
const kindTitles: Readonly<Record<string, string>> = {
  import: 'Read files',
  export: 'Write files',
  infer: 'Look over a tape',
  train: 'Train a network',
}

/** What a job does, in words. */
export function titleOf({ title, kind }: Pick<Job, 'title' | 'kind'>): string {
  return title || (kindTitles[kind] ?? `Job of kind ${kind}`)
}

/** `1,200 of 13,500 frames · 240 frames/s · 51 s left` */
export function progressText({ done, total, unit, rate, etaSeconds }: JobProgress): string {
  const isBytes = unit === 'bytes'
  const parts = [
    total > 0
      ? `${amount(done, unit)} of ${amount(total, unit)}${isBytes ? '' : ` ${unit}`}`
      : `${amount(done, unit)}${isBytes ? '' : ` ${unit}`}`,
  ]
  if (rate > 0) parts.push(isBytes ? `${bytes(rate)}/s` : `${number(rate)} ${unit}/s`)
  if (etaSeconds > 0 && done < total) parts.push(`${duration(etaSeconds)} left`)
  return parts.join(' · ')
}

/** From 0 to 1; null where nobody knows. */
export function share(progress: JobProgress | null): number | null {
  return progress && progress.total > 0 ? progress.done / progress.total : null
}

export const endTexts: Readonly<Record<Job['state'], string>> = {
  queued: 'Waits for its turn',
  running: 'Under way',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
  interrupted: 'Interrupted: the program ended while it was under way',
}
