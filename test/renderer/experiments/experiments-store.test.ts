import { describe, expect, it } from 'vitest'
import { ExperimentsStore } from '../../../src/renderer/src/experiments/experiments-store.ts'
import { ProjectStore } from '../../../src/renderer/src/state/project-store.ts'
import { discExperiment, discProjects } from '../../fixtures/disc-project.ts'
import { connectPage, settles } from '../../fixtures/page-stores.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'
import { testBench } from '../../fixtures/workbench.ts'

const temporary = temporaryFolder()
const discs = discProjects(temporary)
const { start } = testBench()

/** A project of discs, shown by a page. */
async function show(name: string) {
  await (await discs(name)).close()
  const page = await connectPage(start(), { retry: true })
  const { client } = page.engine
  const project = new ProjectStore(page.engine, temporary(`${name}.maskbench`), 'page-one')
  project.follow()
  await settles(project, ({ state }) => state !== null)
  const experiments = new ExperimentsStore(client, project)
  experiments.follow()
  await settles(experiments, (view) => view.experiments?.length === 0)
  const stages = [{ name: 'all', epochs: 2, learningRate: 0.02 }]
  const create = (title: string, queue: boolean) =>
    client.call('experiments.create', {
      project: project.get().opened?.project ?? '',
      settings: discExperiment({ name: title, stages }),
      queue,
    })
  return { page, project, experiments, create }
}

describe('the experiments of an open project', () => {
  it('show how one runs, and its curves where they are wanted', async () => {
    const { experiments, create } = await show('run')
    const { experiment } = await create('first', true)
    experiments.want([experiment])
    await settles(experiments, ({ step }) => step?.experiment === experiment)
    const { curves, step } = await settles(
      experiments,
      (view) => view.curves.get(experiment)?.state === 'done',
    )
    expect(step).toBeNull()
    const run = curves.get(experiment)?.runs[0]
    expect(run?.stages[0]?.curve.map(({ at }) => at)).toEqual([1, 2])
    experiments.want([])
    await settles(experiments, (view) => view.curves.size === 0)
  })

  it('are asked for again after a lost connection', async () => {
    const { page, project, experiments, create } = await show('cut')
    await create('draft', false)
    await settles(experiments, (view) => view.experiments?.length === 1)
    const { times } = project.get()
    page.cut()
    await settles(project, (view) => view.times > times)
    await create('another', false)
    const { experiments: list } = await settles(
      experiments,
      (view) => view.experiments?.length === 2,
    )
    expect(list?.map(({ name, state }) => [name, state])).toEqual([
      ['another', 'draft'],
      ['draft', 'draft'],
    ])
  })
})
