/** @file The ways to train that a trial tries, and which of them was the best. */
import type { TrainSettings } from '../../shared/train-settings.ts'
import type { ScoreResult } from '../train/types.ts'

/** More of the people found; where that is equal, the surer one. */
export function isBetter(
  one: Pick<ScoreResult, 'personIou' | 'loss'>,
  other: Pick<ScoreResult, 'personIou' | 'loss'>,
): boolean {
  if (one.personIou !== other.personIou) return one.personIou > other.personIou
  return one.loss < other.loss
}

/** A way to train that the trial tries. */
export interface Attempt {
  name: string
  title: string
  settings: TrainSettings
}

/** By the settings, and without the self-training they have: it helps in some scenes only. */
export function attemptsOf(settings: TrainSettings): Attempt[] {
  const trial = { name: 'trial', title: 'check', settings }
  if (!settings.selfTraining) return [trial]
  const plain = { ...settings, selfTraining: null }
  return [
    { name: 'trial-plain', title: 'check', settings: plain },
    { ...trial, title: 'check with self-training' },
  ]
}

/** The attempt whose network is the best of those that have a score; undefined without any. */
export function bestAttempt(
  settings: TrainSettings,
  scores: ReadonlyMap<string, ScoreResult>,
): (Attempt & { score: ScoreResult }) | undefined {
  const tried = attemptsOf(settings).flatMap((attempt) => {
    const score = scores.get(attempt.name)
    return score ? [{ ...attempt, score }] : []
  })
  return tried.length === 0
    ? undefined
    : tried.reduce((one, other) => (isBetter(other.score, one.score) ? other : one))
}
