import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { enqueue, queuedExperiments } from '../../../src/engine/db/experiment-queue.ts'
import { listCheckpoints, listExperimentEpochs } from '../../../src/engine/db/experiment-results.ts'
import { addExperiment, getExperiment } from '../../../src/engine/db/experiments.ts'
import { openProject } from '../../../src/engine/db/project.ts'
import { type Engine, engineFor } from '../../../src/engine/engine.ts'
import { experimentFolder } from '../../../src/engine/jobs/experiments/experiment-folders.ts'
import { planExperiment } from '../../../src/engine/jobs/experiments/plan-experiment.ts'
import { runExperiment, runQueue } from '../../../src/engine/jobs/experiments/run-experiment.ts'
import { modelById } from '../../../src/engine/jobs/networks.ts'
import { projectModelFolder } from '../../../src/engine/models/model-store.ts'
import type { ExperimentInput } from '../../../src/shared/experiment.ts'
import { rejection } from '../../fixtures/caught.ts'
import { discExperiment, discProjects } from '../../fixtures/disc-project.ts'
import { killableCompute } from '../../fixtures/killable-compute.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()
const open = discProjects(temporary)
/** Several threads add up a loss in the order in which they come to it. */
const options = { device: 'cpu', threads: 1 }

const curve = ({ project }: Engine, experiment: number) =>
  listExperimentEpochs(project, experiment).map(
    ({ seconds: _, validationSeconds: __, ...numbers }) => numbers,
  )

const networkOf = ({ project }: Engine, model: string) =>
  readFileSync(join(projectModelFolder(project.dir, model), 'model.onnx'))

describe('an experiment', () => {
  it('runs its stages, each from the best of the one before, and keeps the best network', async () => {
    await using engine = await open('whole')
    const { project } = engine
    const id = addExperiment(project, discExperiment({ seeds: [0, 5] }))
    await runExperiment(engine, id, options, {})
    expect(getExperiment(project, id)).toMatchObject({ state: 'done', place: null, error: null })
    const epochs = listExperimentEpochs(project, id)
    expect(epochs.map(({ seed, stage, epoch }) => `${seed} ${stage} ${epoch}`)).toEqual([
      ...['0 0 1', '0 0 2', '0 1 1', '0 1 2'],
      ...['5 0 1', '5 0 2', '5 1 1', '5 1 2'],
    ])
    const best = listCheckpoints(project, id)
    expect(best.map(({ seed, kind }) => `${seed} ${kind}`)).toEqual(['0 best', '5 best'])
    const { description } = await modelById(engine, best[0]?.model ?? '')
    expect(description).toMatchObject({
      ...{ parent: 'small', classes: ['background', 'person'], geometryHash: 'as-it-is' },
      training: { experiment: { id, seed: 0 }, base: { id: 'small' } },
    })
    expect(existsSync(experimentFolder(project, id))).toBe(false)
  })

  it('that was cancelled, and whose process was killed, ends as one that never was', async () => {
    await using whole = await open('never')
    const settings = discExperiment({ checkpoints: { last: true } })
    const known = addExperiment(whole.project, settings)
    await runExperiment(whole, known, options, {})
    const compute = killableCompute()
    await using engine = await open('stopped', compute.startCompute)
    const id = addExperiment(engine.project, settings)
    const controller = new AbortController()
    const listener = { onEpoch: () => controller.abort() }
    const work = { signal: controller.signal }
    const cancelled = await rejection(runExperiment(engine, id, { ...options, listener }, work))
    expect(cancelled.code).toBe('cancelled')
    expect(getExperiment(engine.project, id).state).toBe('cancelled')
    let steps = 0
    const killing = { onStep: () => ++steps === 6 && compute.kill() }
    const killed = await rejection(runExperiment(engine, id, { ...options, listener: killing }, {}))
    expect(killed.code).toBe('compute-crashed')
    expect(getExperiment(engine.project, id)).toMatchObject({
      ...{ state: 'failed', error: { code: 'compute-crashed' } },
    })
    await runExperiment(engine, id, options, {})
    expect(curve(engine, id)).toEqual(curve(whole, known))
    for (const kind of ['best', 'last']) {
      const model = `experiment-1-seed-0-${kind}`
      expect(networkOf(engine, model)).toEqual(networkOf(whole, model))
    }
  })

  it('goes on from the weights of an earlier one', async () => {
    await using engine = await open('parent')
    const { project } = engine
    const first = addExperiment(project, discExperiment())
    await runExperiment(engine, first, options, {})
    const network = { kind: 'experiment', experiment: first } as const
    const second = addExperiment(project, discExperiment({ network }))
    await runExperiment(engine, second, options, {})
    expect(getExperiment(project, second).plan?.base?.id).toBe('experiment-1-seed-0-best')
    const [before, after] = [curve(engine, first), curve(engine, second)]
    expect(after[0]?.trainLoss).toBeLessThan(before[0]?.trainLoss ?? 0)
  })

  it('starts from random weights that the seed decides', async () => {
    await using engine = await open('random')
    const network = { kind: 'architecture', architecture: 'lraspp_mobilenet_v3_large' } as const
    const stages = [{ name: 'head', scope: 'head', epochs: 1, learningRate: 1e-3 }]
    const id = addExperiment(engine.project, discExperiment({ network, stages, seeds: [1, 2] }))
    await runExperiment(engine, id, options, {})
    const [one, other] = curve(engine, id)
    expect(getExperiment(engine.project, id).plan?.base).toBeNull()
    expect(one?.trainLoss).not.toBe(other?.trainLoss)
  })
})

describe('the queue', () => {
  it('goes on after a restart, and after one that fails', async () => {
    const before = await open('queue')
    const ids = [{ model: 'gone' }, { model: 'small' }].map(({ model }) =>
      addExperiment(before.project, discExperiment({ network: { kind: 'model', model } })),
    )
    enqueue(before.project, ids, 'end')
    await before.close()
    const project = openProject(temporary('queue.maskbench'), { mode: 'write' })
    await using engine = engineFor(project, { dataFolder: temporary('data') })
    const { done, failed } = await runQueue(engine, options, {})
    expect(done).toEqual([2])
    expect(failed).toMatchObject([{ experiment: 1, error: { code: 'no-such-model' } }])
    expect(queuedExperiments(project)).toEqual([])
    expect(getExperiment(project, 1).state).toBe('failed')
  })
})

const refused: [string, Partial<ExperimentInput>, string][] = [
  ['a part without pictures', { data: { train: 'training' } }, 'no-labels'],
  ['a set that is not there', { data: { sets: [9] } }, 'no-such-dataset'],
  ['a class that is not there', { data: { classes: ['background', 'cat'] } }, 'bad-value'],
  ['an input that the network does not take', { input: { width: 30, height: 30 } }, 'bad-value'],
  [
    'an experiment that is not there',
    { network: { kind: 'experiment', experiment: 7 } },
    'no-such-experiment',
  ],
]

describe('a plan is refused', () => {
  it.each(refused)('for %s', async (title, change, code) => {
    await using engine = await open(title)
    expect((await rejection(planExperiment(engine, discExperiment(change)))).code).toBe(code)
  })
})
