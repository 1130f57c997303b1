/** @file As many iterations as fit into the time that somebody has. */
import type { TrainSettings } from '../../shared/train-settings.ts'

/** What was measured at the start of a training, in seconds. */
export interface MeasuredTimes {
  /** One iteration. */
  step: number
  /** One sample of the bank: augmentation and frozen layers. */
  sample: number
  /** What passes before the first sample, and after the last step. */
  fixed: number
}

/** With fewer no schedule has time to fall. */
const fewest = 20
/** More than this times the preset's iterations fit the few labels rather than the camera. */
const mostTimes = 4
/** A smaller bank may leave out a painted frame. */
const smallestBank = 40
/** What passes in vain on a machine that is busy with other things, too. */
const reserve = 0.9

/**
 * The settings with as many iterations as fit into `budget` seconds; the bank and the iterations on
 * unlabelled frames grow and shrink with them. At least 20 iterations, at most four times as many as
 * the preset has.
 */
export function withinBudget(
  settings: TrainSettings,
  budget: number,
  { step, sample, fixed }: MeasuredTimes,
): TrainSettings {
  const { iterations, bank, selfTraining } = settings
  const steps = iterations + (selfTraining?.iterations ?? 0)
  const samples = bank + (selfTraining?.bank ?? 0)
  const whole = steps * step + samples * sample
  const least = Math.min(1, fewest / iterations)
  const factor = Math.max(least, Math.min(mostTimes, (budget * reserve - fixed) / whole))
  const times = (count: number): number => Math.max(1, Math.floor(count * factor))
  const banked = (count: number): number => Math.max(Math.min(count, smallestBank), times(count))
  return {
    ...settings,
    iterations: times(iterations),
    bank: bank === 0 ? 0 : banked(bank),
    warmUp: Math.min(settings.warmUp, times(iterations) - 1),
    selfTraining: selfTraining && {
      ...selfTraining,
      iterations: times(selfTraining.iterations),
      bank: selfTraining.bank === 0 ? 0 : banked(selfTraining.bank),
    },
  }
}
