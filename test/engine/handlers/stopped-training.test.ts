import { beforeAll, describe, expect, test } from 'vitest'
import { createService } from '../../../src/engine/handlers.ts'
import { projectModelFolder } from '../../../src/engine/models/model-store.ts'
import { floatTensor, sizeOf } from '../../../src/engine/onnx/tensor.ts'
import { rejection } from '../../fixtures/caught.ts'
import { killableCompute } from '../../fixtures/killable-compute.ts'
import { smallNetwork } from '../../fixtures/small-network.ts'
import {
  eight,
  label,
  latestTraining,
  quickChoice,
  trainingBench,
} from '../../fixtures/training-bench.ts'
import { ended, loadPage, openHeld, type Page } from '../../fixtures/workbench.ts'

const { make, open, labelled } = trainingBench()

/** Long enough to be stopped in its middle. */
const choice = { ...quickChoice, iterations: 300 }

/** Resolves when steps of a part have been taken. */
function stepsOf(client: Page, part: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  client.on('training.steps', (news) => {
    if (news.part === part) resolve()
  })
  return promise
}

/** What came of the latest training, as far as it is not a matter of time. */
async function numbersOf(client: Page, project: string) {
  const { state, selection, heldOut, parts, adopted } = await latestTraining(client, project)
  const losses = parts.map(({ steps }) => steps.map(({ iteration, loss }) => [iteration, loss]))
  return { state, selection, heldOut, losses, adopted }
}

/** Those of a training that was not stopped. */
let expected: Awaited<ReturnType<typeof numbersOf>>
beforeAll(async () => {
  const service = createService('browser')
  const client = loadPage(service)
  // Several threads add up a loss in the order in which they come to it: its last bit may differ.
  await client.call('settings.set', { threads: 1 })
  const path = await make('whole', (project) => label(project, eight))
  const { project } = await openHeld(client, path)
  const { job } = await client.call('training.start', { project, choice })
  await ended(client, project, job)
  expected = await numbersOf(client, project)
  await service.close()
})

describe('a training that was stopped', () => {
  test.each(['trial', 'final'])(
    'by the end of its compute process in the part "%s" goes on to the same numbers',
    async (part) => {
      const compute = killableCompute()
      const { client, project } = await labelled(`killed ${part}`, eight, compute)
      const reached = stepsOf(client, part)
      const { job } = await client.call('training.start', { project, choice })
      await reached
      compute.kill()
      expect(await ended(client, project, job)).toMatchObject({
        state: 'failed',
        error: { code: 'compute-crashed' },
      })
      expect(await latestTraining(client, project)).toMatchObject({
        state: 'failed',
        resumable: true,
        adopted: null,
        error: { code: 'compute-crashed' },
      })
      const again = await client.call('training.resume', { project })
      expect((await ended(client, project, again.job)).state).toBe('done')
      expect(await numbersOf(client, project)).toEqual(expected)
      expect((await rejection(client.call('training.resume', { project }))).code).toBe(
        'no-training',
      )
    },
  )

  test('by the end of the program is interrupted, and goes on in the next', async () => {
    const { path, service, client, project } = await labelled('closed')
    const reached = stepsOf(client, 'trial')
    await client.call('training.start', { project, choice })
    await reached
    await service.close()
    const next = await open(path)
    expect(await latestTraining(next.client, next.project)).toMatchObject({
      state: 'interrupted',
      resumable: true,
    })
    const { job } = await next.client.call('training.resume', { project: next.project })
    expect((await ended(next.client, next.project, job)).state).toBe('done')
    expect(await numbersOf(next.client, next.project)).toEqual(expected)
  })

  test('cannot go on once something else was painted', async () => {
    const { client, project } = await labelled('painted')
    const reached = stepsOf(client, 'trial')
    const { job } = await client.call('training.start', { project, choice })
    await reached
    await client.call('jobs.cancel', { project, job })
    expect((await ended(client, project, job)).state).toBe('cancelled')
    await client.call('labels.setEmpty', { project, tape: 1, frame: 7 })
    expect(await latestTraining(client, project)).toMatchObject({
      state: 'cancelled',
      resumable: false,
    })
    const error = await rejection(client.call('training.resume', { project }))
    expect(error.code).toBe('labels-changed')
  })

  test('does not take the place of the network in use where the recipe has become another', async () => {
    const { client, project } = await labelled('recipe')
    const reached = stepsOf(client, 'trial')
    const { job } = await client.call('training.start', { project, choice })
    await reached
    const { recipe } = await client.call('project.state', { project })
    const other = { ...recipe?.recipe, crop: { x: 0, y: 0, width: 80, height: 64 } }
    await client.call('recipe.set', {
      project,
      recipe: { ...other, size: { width: 80, height: 64 } },
    })
    expect((await ended(client, project, job)).state).toBe('done')
    expect(await latestTraining(client, project)).toMatchObject({ state: 'done', adopted: false })
    expect((await client.call('project.state', { project })).model.id).toBe('tiny')
  })
})

test('a training for which there is not enough memory says so, and leaves the network in use', async () => {
  const path = await make('memory', (project) => label(project, eight))
  const channels = 400_000
  await smallNetwork(projectModelFolder(path, 'small'), ({ weights }) => {
    for (const [name, shape] of [
      ['features.weight', [channels, 8, 1, 1]],
      ['features.bias', [channels]],
      ['logits.weight', [2, channels, 1, 1]],
    ] as const)
      weights.set(name, floatTensor([...shape], new Float32Array(sizeOf(shape))))
  })
  const { client, project } = await open(path)
  const input = { width: 2048, height: 2048 }
  const huge = { preset: 'hackathon-all', base: 'small', batch: 1, input }
  const { job } = await client.call('training.start', { project, choice: huge })
  const error = {
    code: 'not-enough-memory',
    message: expect.stringContaining('not enough memory'),
  }
  expect(await ended(client, project, job)).toMatchObject({ state: 'failed', error })
  expect(await latestTraining(client, project)).toMatchObject({ state: 'failed', error })
  expect((await client.call('project.state', { project })).model.id).toBe('tiny')
  const again = await client.call('training.start', { project, choice: quickChoice })
  expect((await ended(client, project, again.job)).state).toBe('done')
})
