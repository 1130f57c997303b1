/** @file How far a training is. */
import type { TrainingState, TrainingStep } from '../../../shared/contract/training.ts'

export interface TrainingProgress {
  /** From 1. */
  part: number
  parts: number
  /** What the part does; empty before the first one is known. */
  title: string
  /** Of the part. */
  iteration: number
  iterations: number
  /** Of all parts, 0 … 1. */
  share: number
  /** Seconds; null where nobody knows yet. */
  secondsPerStep: number | null
  secondsLeft: number | null
}

type Trained = Pick<TrainingState, 'parts' | 'forecast'>

/** As many steps as say how fast it goes now. */
const recentSteps = 200

/** The middle one: a step that waited for something else says nothing about the next. */
function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? null
}

function recentSeconds(steps: readonly TrainingStep[]): number | null {
  return median(steps.slice(-recentSteps).map(({ seconds }) => seconds))
}

function doneOf({ steps, iterations }: Trained['parts'][number]): number {
  return Math.min(steps.at(-1)?.iteration ?? 0, iterations)
}

/** The first part that is not done, or the last one. */
function partNow(parts: Trained['parts']): number {
  const at = parts.findIndex((part) => doneOf(part) < part.iterations)
  return at < 0 ? Math.max(0, parts.length - 1) : at
}

/** How far all parts are together, and how long it will take. */
export function progressOf({ parts, forecast }: Trained): TrainingProgress {
  const at = partNow(parts)
  const here = parts[at]
  const total = parts.reduce((sum, { iterations }) => sum + iterations, 0)
  const done = parts.reduce((sum, part) => sum + doneOf(part), 0)
  const steps = parts.flatMap((part) => part.steps)
  const secondsPerStep = recentSeconds(steps) ?? forecast?.secondsPerStep ?? null
  return {
    part: at + 1,
    parts: Math.max(1, parts.length),
    title: here?.title ?? '',
    iteration: here ? doneOf(here) : 0,
    iterations: here?.iterations ?? 0,
    share: total > 0 ? done / total : 0,
    secondsPerStep,
    secondsLeft: secondsPerStep === null ? null : secondsPerStep * (total - done),
  }
}
