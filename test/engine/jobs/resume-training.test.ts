import { readdir } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { modelsFolder } from '../../../src/engine/db/layout.ts'
import { loadSettings } from '../../../src/engine/db/settings.ts'
import { finishedPart, listTrainingSteps } from '../../../src/engine/db/training-results.ts'
import { listTrainings } from '../../../src/engine/db/trainings.ts'
import type { Engine } from '../../../src/engine/engine.ts'
import { resumeTraining, trainProject } from '../../../src/engine/jobs/train-project.ts'
import type { TrainWords } from '../../../src/engine/jobs/training-plan.ts'
import { rejection } from '../../fixtures/caught.ts'
import { squareMask } from '../../fixtures/square-tape.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'
import { paintFrames, trainingProjects } from '../../fixtures/training-project.ts'

const temporary = temporaryFolder()
const openProject = trainingProjects(temporary)

/** With one thread: several add up a loss in the order in which they come to it. */
const words = { iterations: 60, learningRate: 0.5, batch: 4, threads: 1 } satisfies TrainWords
const eight = [1, 4, 7, 10, 13, 16, 19, 22]

const open = (name: string) => openProject(name, eight)

/** Trains until so many iterations of a part are done, then cancels. */
async function trainAndCancel(engine: Engine, part: string, iterations: number) {
  const controller = new AbortController()
  const onStep = (of: string, { iteration }: { iteration: number }) => {
    if (of === part && iteration >= iterations) controller.abort()
  }
  return rejection(trainProject(engine, words, { onStep }, { signal: controller.signal }))
}

describe('a training that was cancelled', () => {
  test('goes on, and gives the network of one that never was', async () => {
    await using whole = await open('whole')
    const expected = await trainProject(whole, words, {}, {})
    await using engine = await open('cancelled')
    const error = await trainAndCancel(engine, 'final', 30)
    expect(error).toMatchObject({ code: 'cancelled', hint: expect.stringContaining('--resume') })
    const { project } = engine
    const [stopped] = listTrainings(project)
    expect(stopped).toMatchObject({ state: 'cancelled', adopted: null })
    const trial = finishedPart(project, 1, 'trial')
    expect(trial).toMatchObject({ iterations: 60 })
    expect(loadSettings(project).activeModel).toBe('tiny')
    const result = await resumeTraining(engine, {}, {})
    expect(finishedPart(project, 1, 'trial')).toEqual(trial)
    expect(result.summary.loss).toEqual(expected.summary.loss)
    expect(result.selection).toEqual(expected.selection)
    expect(listTrainingSteps(project, 1).map(({ part, loss }) => [part, loss])).toEqual(
      listTrainingSteps(whole.project, 1).map(({ part, loss }) => [part, loss]),
    )
    expect((await readdir(modelsFolder(project.dir))).sort()).toEqual([
      'fine-tuned-1',
      'good',
      'tiny',
    ])
    expect(await rejection(resumeTraining(engine, {}, {}))).toMatchObject({ code: 'no-training' })
  })

  test('does not go on after a label was changed', async () => {
    await using engine = await open('changed')
    await trainAndCancel(engine, 'trial', 5)
    paintFrames(engine, [4], (frame) => squareMask(frame + 1))
    expect(await rejection(resumeTraining(engine, {}, {}))).toMatchObject({
      code: 'labels-changed',
      message: expect.stringContaining('labels were changed'),
      hint: expect.stringContaining('without --resume'),
    })
  })

  test('gives way to a new one', async () => {
    await using engine = await open('new')
    await trainAndCancel(engine, 'trial', 5)
    const { model } = await trainProject(engine, { ...words, holdOut: 'none' }, {}, {})
    expect(model.description.id).toBe('fine-tuned-2')
    expect((await readdir(modelsFolder(engine.project.dir))).sort()).toEqual([
      'fine-tuned-2',
      'good',
      'tiny',
    ])
  })
})
