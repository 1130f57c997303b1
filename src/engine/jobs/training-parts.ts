/** @file The parts of a training as its plan has them: trials without the held-out frames, then all. */
import type { TrainSettings } from '../../shared/train-settings.ts'
import type { NewTraining } from '../db/trainings.ts'
import type { ScoreResult } from '../train/types.ts'
import { type Attempt, attemptsOf, bestAttempt } from './training-attempts.ts'

export const finalPart = 'final'

export interface PlannedPart {
  name: string
  /** In words for the user. */
  title: string
  iterations: number
}

/** Of the painted frames, and of those that nobody painted. */
function iterationsOf({ iterations, selfTraining }: TrainSettings): number {
  return iterations + (selfTraining?.iterations ?? 0)
}

function titleOf({ settings }: Attempt): string {
  return settings.selfTraining
    ? 'Trial that learns from unpainted frames too'
    : 'Trial without the held-out frames'
}

/**
 * In the order in which they are trained.
 * @param scores of the trials so far: the last part is trained as the best of them
 */
export function plannedParts(
  { settings, plan }: Pick<NewTraining, 'settings' | 'plan'>,
  scores: ReadonlyMap<string, ScoreResult> = new Map(),
): PlannedPart[] {
  const attempts = plan.heldOut.length > 0 ? attemptsOf(settings) : []
  const isDecided = attempts.every(({ name }) => scores.has(name))
  const best = isDecided ? bestAttempt(settings, scores)?.settings : undefined
  return [
    ...attempts.map((attempt) => {
      return {
        name: attempt.name,
        title: titleOf(attempt),
        iterations: iterationsOf(attempt.settings),
      }
    }),
    {
      name: finalPart,
      title: 'Training on all painted frames',
      iterations: iterationsOf(best ?? settings),
    },
  ]
}
