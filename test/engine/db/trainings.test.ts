import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { addJob } from '../../../src/engine/db/jobs.ts'
import { backupsFolder } from '../../../src/engine/db/layout.ts'
import { createProject, openProject } from '../../../src/engine/db/project.ts'
import { listTrainingLooks, saveTrainingLook } from '../../../src/engine/db/training-looks.ts'
import {
  finishedPart,
  listTrainingScores,
  listTrainingSteps,
  partCurve,
  StepWriter,
  saveFinishedPart,
  saveTrainingScore,
  secondsOfSteps,
} from '../../../src/engine/db/training-results.ts'
import {
  createTraining,
  finishTraining,
  getTraining,
  listTrainings,
  setTrainingDevice,
  startTraining,
} from '../../../src/engine/db/trainings.ts'
import { caught } from '../../fixtures/caught.ts'
import { madeUpTraining } from '../../fixtures/made-up-training.ts'
import { makeOldProject } from '../../fixtures/old-project.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()

const step = (iteration: number, loss = 1 / iteration) => ({
  iteration,
  loss,
  learningRate: 1e-4,
  seconds: 0.5,
})

describe('a project of the first schema', () => {
  test('gets a place for trainings after a backup, and keeps what it held', () => {
    const dir = temporary('first-schema.maskbench')
    makeOldProject(dir, 1, (db) => db.exec(`INSERT INTO setting VALUES ('truthPixels', '42')`))
    const again = openProject(dir, { mode: 'write' })
    expect(createTraining(again, madeUpTraining()).id).toBe(1)
    const backups = readdirSync(backupsFolder(dir))
      .map((name) => name.slice(25))
      .sort()
    expect(backups).toEqual(['before-version-2.db'])
    expect(again.db.prepare('SELECT value FROM setting').pluck().all()).toContain('42')
    again.close()
  })
})

describe('a training', () => {
  test('keeps what it was made from, and says how it ended', () => {
    const project = createProject(temporary('whole.maskbench'))
    const made = createTraining(project, madeUpTraining())
    expect(made).toMatchObject({ ...madeUpTraining(), state: 'interrupted', adopted: null })
    startTraining(project, made.id, addJob(project, 'train', {}))
    setTrainingDevice(project, made.id, 'cpu')
    expect(getTraining(project, made.id)).toMatchObject({ state: 'running', device: 'cpu' })
    finishTraining(project, made.id, { state: 'done', adopted: false })
    expect(getTraining(project, made.id)).toMatchObject({
      state: 'done',
      adopted: false,
      finishedAt: expect.stringMatching(/^\d{4}-/),
    })
    project.close()
  })

  test('never takes the id of the network of another one', () => {
    const project = createProject(temporary('ids.maskbench'))
    createTraining(project, madeUpTraining('fine-tuned-1'))
    expect(() => createTraining(project, madeUpTraining('fine-tuned-1'))).toThrow()
    createTraining(project, madeUpTraining('fine-tuned-2'))
    expect(listTrainings(project).map(({ modelId }) => modelId)).toEqual([
      'fine-tuned-2',
      'fine-tuned-1',
    ])
    project.close()
  })

  test('of a process that died is interrupted, and its stored steps are there', () => {
    const dir = temporary('died.maskbench')
    const project = createProject(dir)
    const { id } = createTraining(project, madeUpTraining())
    startTraining(project, id, addJob(project, 'train', {}))
    const steps = new StepWriter(project, id, 'final')
    steps.append(step(1))
    steps.flush()
    steps.append(step(2))
    project.close()
    const again = openProject(dir, { mode: 'write' })
    expect(getTraining(again, id).state).toBe('interrupted')
    expect(listTrainingSteps(again, id)).toEqual([{ part: 'final', ...step(1) }])
    again.close()
  })
})

describe('the curve of a training', () => {
  test('can be had in fewer points, the first and the last among them', () => {
    const project = createProject(temporary('points.maskbench'))
    const { id } = createTraining(project, madeUpTraining())
    const steps = new StepWriter(project, id, 'trial')
    for (let iteration = 1; iteration <= 95; iteration++) steps.append(step(iteration))
    steps.flush()
    const points = (most: number, iterations = 100) =>
      partCurve(project, id, { part: 'trial', iterations, most }).map(({ iteration }) => iteration)
    expect(points(10)).toEqual([1, 11, 21, 31, 41, 51, 61, 71, 81, 91, 95])
    expect(points(500)).toHaveLength(95)
    expect(partCurve(project, id, { part: 'final', iterations: 100, most: 10 })).toEqual([])
    expect(partCurve(project, id, { part: 'trial', iterations: 100, most: 1 })[1]).toEqual(step(95))
    expect(secondsOfSteps(project, id)).toBe(0.5)
    project.close()
  })

  test('can be read by others while it grows', () => {
    const dir = temporary('curve.maskbench')
    const project = createProject(dir)
    const { id } = createTraining(project, madeUpTraining())
    const reader = openProject(dir, { mode: 'read' })
    const steps = new StepWriter(project, id, 'trial')
    for (const iteration of [1, 2]) steps.append(step(iteration))
    expect(listTrainingSteps(reader, id)).toEqual([])
    steps.flush()
    expect(listTrainingSteps(reader, id).map(({ loss }) => loss)).toEqual([1, 0.5])
    reader.close()
    project.close()
  })

  test('has each iteration once, the one that was done last', () => {
    const project = createProject(temporary('again.maskbench'))
    const { id } = createTraining(project, madeUpTraining())
    for (const loss of [9, 3]) {
      const steps = new StepWriter(project, id, 'final')
      steps.append(step(1, loss))
      steps.flush()
    }
    expect(listTrainingSteps(project, id)).toEqual([{ part: 'final', ...step(1, 3) }])
    project.close()
  })
})

describe('the results of a training', () => {
  const summary = {
    modelFolder: '/models/.training-1/trial/model',
    iterations: 3,
    seconds: 4.5,
    secondsPerStep: 0.5,
    loss: { first: 1, last: 0.25 },
    device: 'webgpu',
    fallback: [{ op: 'Sum', count: 2 }],
    memoryBytes: 1e9,
  }
  const score = {
    personIou: 0.75,
    loss: 0.125,
    frames: [{ source: 1, frame: 9, intersection: 75, union: 100, loss: 0.125 }],
  }

  test('are stored part by part and network by network', () => {
    const project = createProject(temporary('results.maskbench'))
    const { id } = createTraining(project, madeUpTraining())
    expect(finishedPart(project, id, 'trial')).toBeUndefined()
    saveFinishedPart(project, id, 'trial', summary)
    saveTrainingScore(project, id, 'base', score)
    saveTrainingScore(project, id, 'trial', { ...score, personIou: 0.9 })
    expect(finishedPart(project, id, 'trial')).toEqual(summary)
    expect([...listTrainingScores(project, id)]).toEqual([
      ['base', score],
      ['trial', { ...score, personIou: 0.9 }],
    ])
    project.close()
  })

  test('are apart from the looks at one frame, which come in the order of their iterations', () => {
    const project = createProject(temporary('looks.maskbench'))
    const { id } = createTraining(project, madeUpTraining())
    const look = (part: string, iteration: number, intersection = 5) => {
      const counts = { intersection, union: 10, loss: 0.2 }
      return { part, iteration, score: { source: 1, frame: 9, ...counts } }
    }
    const looks = [look('trial', 20), look('final', 8), look('trial', 4), look('trial-plain', 100)]
    for (const each of looks) saveTrainingLook(project, id, each)
    // Done again after a kill.
    saveTrainingLook(project, id, look('trial', 20, 7))
    expect(listTrainingLooks(project, id)).toEqual([
      look('final', 8),
      look('trial', 4),
      look('trial', 20, 7),
      look('trial-plain', 100),
    ])
    expect([...listTrainingScores(project, id)]).toEqual([])
    project.close()
  })

  test('that nobody can have written are refused', () => {
    const project = createProject(temporary('tampered.maskbench'))
    const { id } = createTraining(project, madeUpTraining())
    saveFinishedPart(project, id, 'final', summary)
    project.db.exec(`UPDATE training_part SET summary = '{"iterations": "many"}'`)
    expect(caught(() => finishedPart(project, id, 'final')).code).toBe('project-damaged')
    project.close()
  })
})
