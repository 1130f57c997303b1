import { cp } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { openEngine } from '../../../src/engine/engine.ts'
import { JobsStore } from '../../../src/renderer/src/state/jobs-store.ts'
import { ProjectStore } from '../../../src/renderer/src/state/project-store.ts'
import { TrainingsStore } from '../../../src/renderer/src/train/trainings-store.ts'
import { connectPage, settles } from '../../fixtures/page-stores.ts'
import { paintFrames, trainingProject } from '../../fixtures/training-project.ts'
import { testBench } from '../../fixtures/workbench.ts'

const bench = testBench()
let template = ''

beforeAll(async () => {
  ;({ template } = await trainingProject(bench.at))
})

/** A project with painted frames, shown by a page. */
async function showPainted(name: string) {
  const path = bench.at(`${name}.maskbench`)
  await cp(template, path, { recursive: true })
  const engine = openEngine(path, 'write')
  paintFrames(engine, [1, 4, 7, 10, 13, 16, 19, 22])
  await engine.close()
  const page = await connectPage(bench.start(), { retry: true })
  const project = new ProjectStore(page.engine, path, 'page-one')
  project.follow()
  await settles(project, ({ state }) => state !== null)
  const { client } = page.engine
  const trainings = new TrainingsStore(client, project)
  trainings.follow()
  const jobs = new JobsStore(client, project)
  jobs.follow()
  const start = (iterations: number) =>
    client.call('training.start', {
      project: project.get().opened?.project ?? '',
      choice: { iterations, learningRate: 0.5 },
    })
  return { page, trainings, jobs, start }
}

describe('the trainings of an open project', () => {
  it('show their steps as they are done, and how it ended', async () => {
    const { trainings, start } = await showPainted('followed')
    await settles(trainings, (view) => view.trainings?.length === 0)
    await start(30)
    await settles(trainings, ({ trainings: list }) =>
      Boolean(list?.[0]?.parts.some(({ steps }) => steps.length > 0)),
    )
    const { trainings: list } = await settles(
      trainings,
      (view) => view.trainings?.[0]?.state === 'done',
    )
    const [training] = list ?? []
    expect(training).toMatchObject({ adopted: true, resumable: false })
    for (const { steps } of training?.parts ?? []) expect(steps.at(-1)?.iteration).toBe(30)
    expect(training?.selection?.new.personIou).toBeGreaterThan(0.5)
  })

  it('are as the engine has them again after a lost connection', async () => {
    const { page, trainings, jobs, start } = await showPainted('cut')
    const { job } = await start(4000)
    await settles(trainings, (view) => view.trainings?.[0]?.state === 'running')
    page.cut()
    await settles(page.engine, ({ status }) => status === 'open')
    await settles(trainings, (view) => (view.trainings?.[0]?.parts[0]?.steps.length ?? 0) > 20)
    await jobs.cancel(job)
    const { trainings: list } = await settles(
      trainings,
      (view) => view.trainings?.[0]?.state === 'cancelled',
    )
    expect(list?.[0]).toMatchObject({ resumable: true, adopted: null })
  })
})
