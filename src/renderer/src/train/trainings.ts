/** @file Trainings as the engine tells them: a list now and then, steps in between. */
import type { TrainingState, TrainingStep } from '../../../shared/contract/training.ts'

export interface NewSteps {
  training: number
  part: string
  steps: readonly TrainingStep[]
}

/** More of them than a curve has pixels are of no use. */
const mostSteps = 2000

function lastIteration(steps: readonly TrainingStep[]): number {
  return steps.at(-1)?.iteration ?? 0
}

/** Every other step, where there are too many; the last one stays. */
function thinned(steps: TrainingStep[]): TrainingStep[] {
  if (steps.length <= mostSteps) return steps
  return steps.filter((_, at) => (steps.length - 1 - at) % 2 === 0)
}

/** A training that goes on from its last checkpoint does some of its steps again. */
function joined(known: readonly TrainingStep[], more: readonly TrainingStep[]): TrainingStep[] {
  const first = more[0]?.iteration ?? Number.POSITIVE_INFINITY
  return thinned([...known.filter(({ iteration }) => iteration < first), ...more])
}

/** The trainings with more steps; null where one of them or its part is not known: ask for the list. */
export function addSteps(
  trainings: readonly TrainingState[],
  { training: id, part: name, steps }: NewSteps,
): readonly TrainingState[] | null {
  const training = trainings.find((each) => each.id === id)
  if (!training?.parts.some((part) => part.name === name)) return null
  const parts = training.parts.map((part) =>
    part.name === name ? { ...part, steps: joined(part.steps, steps) } : part,
  )
  return trainings.map((each) => (each.id === id ? { ...training, parts } : each))
}

/** The list, with the steps that came by themselves while it was on its way. */
export function withLaterSteps(
  listed: readonly TrainingState[],
  known: readonly TrainingState[],
): readonly TrainingState[] {
  return listed.map((training) => {
    const before = known.find(({ id }) => id === training.id)
    if (training.state !== 'running' || before?.state !== 'running') return training
    const parts = training.parts.map((part) => {
      const steps = before.parts.find(({ name }) => name === part.name)?.steps ?? []
      const last = lastIteration(part.steps)
      const later = steps.filter(({ iteration }) => iteration > last)
      return later.length > 0 ? { ...part, steps: thinned([...part.steps, ...later]) } : part
    })
    return { ...training, parts }
  })
}
