import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ExperimentSummary } from '../../../src/shared/contract/experiments.ts'
import { rejection } from '../../fixtures/caught.ts'
import { discExperiment, discProjects } from '../../fixtures/disc-project.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'
import { loadPage, openHeld, type Page, testBench } from '../../fixtures/workbench.ts'

const temporary = temporaryFolder()
const discs = discProjects(temporary)
const { start } = testBench()

const short = ['head', 'all'].map((scope) => ({
  ...{ name: scope, scope, epochs: 1, learningRate: 0.02 },
}))

async function open(name: string) {
  await (await discs(name)).close()
  const client = loadPage(start())
  const { project } = await openHeld(client, temporary(`${name}.maskbench`))
  return { client, project }
}

/** Resolves with the list of experiments once it is as `fits` has it. */
async function listOnce(
  client: Page,
  project: string,
  fits: (list: readonly ExperimentSummary[]) => boolean,
): Promise<ExperimentSummary[]> {
  for (;;) {
    const changed = new Promise<void>((resolve) => {
      const stop = client.on('experiments.changed', () => {
        stop()
        resolve()
      })
    })
    const list = await client.call('experiments.list', { project })
    if (fits(list)) return list
    await changed
  }
}

describe('experiments of a page', () => {
  it('run one after the other, with curves that are told while they grow', async () => {
    const { client, project } = await open('page')
    const epochs: string[] = []
    client.on('experiments.epoch', ({ experiment, stage, epoch }) =>
      epochs.push(`${experiment} ${stage} ${epoch.at}`),
    )
    for (const name of ['first', 'second']) {
      const settings = discExperiment({ name, stages: short })
      await client.call('experiments.create', { project, settings, queue: true })
    }
    const list = await listOnce(client, project, (all) =>
      all.every(({ state }) => state === 'done'),
    )
    expect(list.map(({ name, position }) => [name, position])).toEqual([
      ['second', null],
      ['first', null],
    ])
    const told = ['0 1', '1 2']
    expect(epochs).toEqual([1, 2].flatMap((id) => told.map((rest) => `${id} ${rest}`)))
    const whole = await client.call('experiments.get', { project, experiment: 1 })
    expect(whole).toMatchObject({
      classes: ['background', 'person'],
      parent: { experiment: null, model: 'small', name: 'Small' },
      runs: [{ epochsDone: 2, epochs: 2, checkpoints: [{ kind: 'best' }] }],
    })
    const curve = whole.runs[0]?.stages.flatMap((stage) => stage.curve) ?? []
    expect(whole.best?.validationLoss).toBe(Math.min(...curve.map((one) => one.validationLoss)))
    const path = temporary('table.md')
    const files = { experiments: [1, 2], path }
    await client.call('experiments.export', { project, ...files, format: 'markdown' })
    expect(existsSync(path)).toBe(true)
  })

  it('are stopped, go on, and wait in an order of the page’s choice', async () => {
    const { client, project } = await open('order')
    const stages = [{ name: 'all', epochs: 12, learningRate: 0.01 }]
    for (const name of ['long', 'b', 'c']) {
      const settings = discExperiment(name === 'long' ? { name, stages } : { name })
      await client.call('experiments.create', { project, settings, queue: true })
    }
    await client.call('experiments.reorder', { project, experiments: [3, 2] })
    await client.call('experiments.unqueue', { project, experiment: 2 })
    const begun = new Promise((resolve) => client.on('experiments.epoch', resolve))
    await begun
    await client.call('experiments.cancel', { project, experiment: 1 })
    const list = await listOnce(client, project, (all) =>
      all.some(({ state }) => state === 'cancelled'),
    )
    const states = list.map(({ name, state, position }) => [name, state, position])
    expect(states).toEqual([
      ['c', 'queued', 0],
      ['b', 'draft', null],
      ['long', 'cancelled', null],
    ])
    await client.call('experiments.resume', { project, experiment: 1 })
    const ended = await listOnce(client, project, (all) =>
      [all[0], all[2]].every((one) => one?.state === 'done'),
    )
    expect(ended[2]?.runs[0]).toMatchObject({ epochsDone: 12, state: 'done' })
    const remove = { project, experiment: 1, keepModels: true }
    await client.call('experiments.remove', remove)
    expect(await client.call('experiments.list', { project })).toHaveLength(2)
  })

  it('are offered what the project has, and refused what it does not', async () => {
    const { client, project } = await open('choices')
    const choices = await client.call('experiments.choices', { project })
    expect(choices.sets).toMatchObject([
      { name: 'discs', images: 10, splits: [{ name: 'train', annotated: 7 }, { name: 'val' }] },
    ])
    expect(choices.models.map(({ id }) => id)).toContain('small')
    for (const { name } of await client.call('experiments.presets', { project })) {
      const draft = await client.call('experiments.draft', { project, preset: name })
      expect(draft.preset).toBe(name)
    }
    const settings = discExperiment({ data: { validation: 'test' } })
    const refused = client.call('experiments.create', { project, settings, queue: true })
    expect((await rejection(refused)).code).toBe('no-labels')
    const missing = client.call('experiments.get', { project, experiment: 5 })
    expect((await rejection(missing)).code).toBe('no-such-experiment')
  })
})
