import { describe, expect, test } from 'vitest'
import { createProject } from '../../../src/engine/db/project.ts'
import { StepWriter, saveFinishedPart } from '../../../src/engine/db/training-results.ts'
import { createTraining, setTrainingDevice } from '../../../src/engine/db/trainings.ts'
import { estimateTraining } from '../../../src/engine/jobs/training-estimate.ts'
import { madeUpTraining } from '../../fixtures/made-up-training.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()

/** A project with a training that was stopped, and what the next of its kind would be. */
function begun(name: string) {
  const project = createProject(temporary(`${name}.maskbench`))
  const { id } = createTraining(project, madeUpTraining('fine-tuned-1'))
  setTrainingDevice(project, id, 'cpu')
  return { project, id, next: madeUpTraining('fine-tuned-2') }
}

describe('the time that a training takes', () => {
  test('is a rough figure before there was one, which grows with what is to be done', () => {
    const project = createProject(temporary('rough.maskbench'))
    const one = madeUpTraining()
    const many = { ...one, settings: { ...one.settings, iterations: 3000 } }
    const rough = estimateTraining(project, one)
    expect(rough).toMatchObject({ isMeasured: false, device: null })
    expect(rough.seconds).toBeGreaterThan(0)
    expect(estimateTraining(project, many).seconds).toBeGreaterThan(rough.seconds)
    const alone = { ...one, plan: { ...one.plan, heldOut: [] } }
    expect(estimateTraining(project, alone).seconds).toBeCloseTo(rough.seconds / 2)
  })

  test('is what steps took that were taken before, for both parts', () => {
    const { project, id, next } = begun('steps')
    const writer = new StepWriter(project, id, 'trial')
    for (const [i, seconds] of [0.9, 0.5, 0.4].entries())
      writer.append({ iteration: i + 1, loss: 1, learningRate: 1e-4, seconds })
    writer.flush()
    expect(estimateTraining(project, next)).toEqual({
      ...{ seconds: 2 * 3 * 0.5, isMeasured: true, device: 'cpu' },
    })
  })

  test('is with a part that came to its end what that took, other iterations counted in', () => {
    const { project, id, next } = begun('part')
    saveFinishedPart(project, id, 'trial', {
      ...{ modelFolder: '', iterations: 3, seconds: 10, secondsPerStep: 2, fallback: [] },
      ...{ loss: { first: 1, last: 1 }, device: 'cpu', memoryBytes: 1 },
    })
    const longer = { ...next, settings: { ...next.settings, iterations: 30 } }
    expect(estimateTraining(project, longer)).toMatchObject({ seconds: 2 * (4 + 60) })
  })

  test('is not told by trainings of another shape', () => {
    const { project, id, next } = begun('other')
    const writer = new StepWriter(project, id, 'trial')
    writer.append({ iteration: 1, loss: 1, learningRate: 1e-4, seconds: 1 })
    writer.flush()
    const other = { ...next, settings: { ...next.settings, batch: 4 } }
    expect(estimateTraining(project, other)).toMatchObject({ isMeasured: false })
    expect(estimateTraining(project, next)).toMatchObject({ isMeasured: true })
  })
})
