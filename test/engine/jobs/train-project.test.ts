import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { listJobs } from '../../../src/engine/db/jobs.ts'
import { modelsFolder } from '../../../src/engine/db/layout.ts'
import { loadSettings } from '../../../src/engine/db/settings.ts'
import { listTrainingScores, listTrainingSteps } from '../../../src/engine/db/training-results.ts'
import { listTrainings } from '../../../src/engine/db/trainings.ts'
import type { Engine } from '../../../src/engine/engine.ts'
import {
  resumeTraining,
  type TrainingForecast,
  trainProject,
} from '../../../src/engine/jobs/train-project.ts'
import type { TrainWords } from '../../../src/engine/jobs/training-plan.ts'
import { rejection } from '../../fixtures/caught.ts'
import { squareMask } from '../../fixtures/square-tape.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'
import { paintFrames, trainingProjects } from '../../fixtures/training-project.ts'

const temporary = temporaryFolder()
const open = trainingProjects(temporary)

/** A few steps that teach the tiny network what red means. */
const quick = { iterations: 40, learningRate: 0.5, batch: 4 } satisfies TrainWords
const eight = [1, 4, 7, 10, 13, 16, 19, 22]

const train = (engine: Engine, words: TrainWords = {}) =>
  trainProject(engine, { ...quick, ...words }, {}, {})

describe('training with eight labelled frames', () => {
  test('adopts the network that was better on the held-out frames', async () => {
    await using engine = await open('better', eight)
    const forecasts: TrainingForecast[] = []
    const listener = { onForecast: (forecast: TrainingForecast) => forecasts.push(forecast) }
    const result = await trainProject(engine, quick, listener, {})
    const { project } = engine
    expect(result).toMatchObject({ adopted: true, warnings: [], summary: { iterations: 40 } })
    const { base, trained } = result.selection ?? {}
    expect(trained?.personIou).toBeGreaterThan((base?.personIou ?? 1) + 0.2)
    expect(result.summary.loss.last).toBeLessThan(result.summary.loss.first)
    expect(loadSettings(project).activeModel).toBe('fine-tuned-1')
    expect(forecasts).toHaveLength(1)
    expect(forecasts[0]?.allSeconds).toBe((forecasts[0]?.totalSeconds ?? 0) * 2)
    expect(listJobs(project)).toMatchObject([{ kind: 'train', state: 'done' }, {}])
  })

  test('keeps curves, scores and where the network comes from', async () => {
    await using engine = await open('provenance', eight)
    const { model, training } = await train(engine)
    const { project } = engine
    const steps = listTrainingSteps(project, training.id)
    for (const part of ['trial', 'final'])
      expect(steps.filter((step) => step.part === part).map(({ iteration }) => iteration)).toEqual(
        Array.from({ length: 40 }, (_, i) => i + 1),
      )
    expect([...listTrainingScores(project, training.id).keys()]).toEqual(['base', 'trial'])
    expect(model.description).toMatchObject({
      id: 'fine-tuned-1',
      name: expect.stringMatching(/^Fine-tuned \d{4}-\d\d-\d\d on 8 frames, from tiny$/),
      parent: 'tiny',
      classes: ['background', 'person'],
      geometryHash: training.geometryHash,
      training: {
        preset: 'recommended',
        adopted: true,
        heldOut: [
          { tape: 1, frame: 7 },
          { tape: 1, frame: 19 },
        ],
        labels: training.plan.labels.map(({ frame, sha256 }) => ({ tape: 1, frame, sha256 })),
        settings: { iterations: 40, seed: 0 },
        iterations: 40,
        versions: { onnxruntime: expect.stringMatching(/^1\./) },
      },
    })
    expect((await readdir(modelsFolder(project.dir))).sort()).toEqual([
      'fine-tuned-1',
      'good',
      'tiny',
    ])
    expect((await readdir(model.folder)).sort()).toEqual(['model.json', 'model.onnx', 'state.bin'])
  })

  test('gives the same network for the same seed, whether frames were held out or not', async () => {
    await using engine = await open('twice', eight)
    const first = await train(engine)
    const second = await train(engine, { holdOut: 'none' })
    expect(second).toMatchObject({ selection: null, adopted: true, warnings: [] })
    expect(second.summary.loss).toEqual(first.summary.loss)
    const other = await train(engine, { holdOut: 'none', seed: 1 })
    expect(other.summary.loss).not.toEqual(first.summary.loss)
  })

  test('does not adopt a network that was worse, and keeps it', async () => {
    // In what is learnt from, the floor is the person.
    await using engine = await open('worse', eight, (frame) =>
      squareMask(frame).map((value) => 1 - value),
    )
    paintFrames(engine, [7, 19])
    const result = await train(engine, { model: 'good' })
    expect(result.selection?.trained.personIou).toBeLessThan(result.selection?.base.personIou ?? 0)
    expect(result.adopted).toBe(false)
    expect(loadSettings(engine.project).activeModel).toBe('tiny')
    expect(existsSync(join(result.model.folder, 'model.onnx'))).toBe(true)
    expect(listTrainings(engine.project)[0]).toMatchObject({ state: 'done', adopted: false })
  })

  test('starts again from the base, unless it is to go on', async () => {
    await using engine = await open('again', eight)
    const options = { holdOut: 'none', iterations: 5 }
    await train(engine, options)
    const second = await train(engine, options)
    expect(second.model.description).toMatchObject({ id: 'fine-tuned-2', parent: 'tiny' })
    const third = await train(engine, { ...options, goOn: true })
    expect(third.model.description).toMatchObject({ id: 'fine-tuned-3', parent: 'fine-tuned-2' })
    const named = await train(engine, { ...options, model: 'fine-tuned-1' })
    expect(named.model.description.parent).toBe('fine-tuned-1')
  })
})

test('the thorough preset keeps self-training only where it is better on held-out frames', async () => {
  await using engine = await open('thorough', eight)
  const { selection, training, summary } = await train(engine, { preset: 'thorough' })
  const scores = listTrainingScores(engine.project, training.id)
  expect([...scores.keys()].sort()).toEqual(['base', 'trial', 'trial-plain'])
  const better = selection?.withoutSelfTraining ? 'trial-plain' : 'trial'
  expect(selection?.trained).toEqual(scores.get(better))
  const [one, other] = [scores.get('trial'), scores.get('trial-plain')]
  expect(selection?.trained.personIou).toBe(Math.max(one?.personIou ?? 0, other?.personIou ?? 0))
  const own = training.settings.selfTraining?.iterations ?? 0
  expect(own).toBeGreaterThan(0)
  expect(summary.iterations).toBe(selection?.withoutSelfTraining ? 40 : 40 + own)
})

test('training with fewer than four labelled frames warns, and adopts', async () => {
  await using engine = await open('few', [2, 12])
  const warnings: string[] = []
  const listener = { onWarning: (text: string) => warnings.push(text) }
  const result = await trainProject(engine, quick, listener, {})
  expect(result).toMatchObject({ selection: null, adopted: true })
  expect(warnings).toEqual(result.warnings)
  expect(warnings[0]).toMatch(/^with 2 labelled frames none can be spared for a check/)
})

describe('training that cannot be', () => {
  test('is one without labels', async () => {
    await using engine = await open('no-labels', [])
    expect(await rejection(train(engine))).toMatchObject({
      code: 'no-labels',
      hint: expect.stringContaining('labels suggest'),
    })
    expect(await rejection(resumeTraining(engine, {}, {}))).toMatchObject({ code: 'no-training' })
    expect(listTrainings(engine.project)).toEqual([])
  })

  test('is one of a layer that is not there: it has failed, and the old network stays', async () => {
    await using engine = await open('failed', eight)
    const error = await rejection(train(engine, { scope: 'layer9' }))
    expect(error).toMatchObject({ code: 'bad-value' })
    expect(error.message).toContain("no layer 'layer9'")
    expect(listTrainings(engine.project)).toMatchObject([{ state: 'failed', adopted: null }])
    expect(listJobs(engine.project)[0]).toMatchObject({ state: 'failed' })
    expect(loadSettings(engine.project).activeModel).toBe('tiny')
  })

  test('is one from a base that the project does not have', async () => {
    await using engine = await open('orphan', eight)
    const path = join(modelsFolder(engine.project.dir), 'tiny', 'model.json')
    const description: unknown = JSON.parse(await readFile(path, 'utf8'))
    await writeFile(path, JSON.stringify(Object.assign({}, description, { parent: 'gone' })))
    expect(await rejection(train(engine))).toMatchObject({
      code: 'no-such-model',
      message: 'the network tiny was fine-tuned from gone, which the project does not have',
      hint: expect.stringContaining('--continue'),
    })
  })

  test.each([
    [{ preset: 'magic' }, 'bad-value', /no preset 'magic'/],
    [{ model: 'nobody' }, 'no-such-model', /"nobody"/],
    [{ learningRate: 1e9 }, 'bad-value', /learning rate of 1000000000/],
    [{ mapClass: ['person=robot'] }, 'class-mismatch', /no class "robot"/],
    [{ holdOut: '2' }, 'bad-value', /without a label: 2/],
    [{ device: 'quantum' }, 'no-such-device', /quantum/],
    [{ input: { width: 97, height: 64 } }, 'bad-value', /97x64/],
  ] as const)('is one with %j', async (words, code, message) => {
    await using engine = await open(`bad-${Object.keys(words)[0]}`, eight)
    const error = await rejection(train(engine, words))
    expect(error).toMatchObject({ code, kind: 'input' })
    expect(error.message).toMatch(message)
    expect(error.hint).not.toBe('')
  })
})

test('a budget decides how many steps there are, before the first', async () => {
  await using engine = await open('budget', eight)
  const { training, summary } = await train(engine, {
    holdOut: 'none',
    iterations: 1000,
    budget: 2,
  })
  expect(training.settings.iterations).toBeLessThan(4000)
  expect(summary.iterations).toBe(training.settings.iterations)
  expect(existsSync(join(engine.project.dir, 'cache', 'measured-training'))).toBe(false)
})
