import { writeFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { JobsStore } from '../../../src/renderer/src/state/jobs-store.ts'
import { ProjectStore } from '../../../src/renderer/src/state/project-store.ts'
import { type ConnectedPage, connectPage, settles } from '../../fixtures/page-stores.ts'
import { squareFrames, squareTape } from '../../fixtures/square-tape.ts'
import { testBench } from '../../fixtures/workbench.ts'

const bench = testBench()
let tape = ''

beforeAll(async () => {
  tape = await squareTape(bench.at('tape'))
})

/** Shows a project as a page of this word does. */
async function show({ engine }: ConnectedPage, path: string, page = 'page-one') {
  const project = new ProjectStore(engine, path, page)
  const stop = project.follow()
  const { opened } = await settles(project, ({ state }) => state !== null)
  if (!opened) throw new Error('a project with a state is open')
  return { project, opened, stop }
}

async function makeProject({ engine }: ConnectedPage, name: string): Promise<string> {
  const { path } = await engine.client.call('projects.create', { name, folder: bench.at() })
  return path
}

describe('an open project', () => {
  it('shows what a job puts into it, and the job on its way', async () => {
    const page = await connectPage(bench.start())
    const { project, opened, stop } = await show(page, await makeProject(page, 'tapes'))
    const jobs = new JobsStore(page.engine.client, project)
    const stopJobs = jobs.follow()
    const call = { project: opened.project, path: tape }
    const { job } = await page.engine.client.call('tapes.add', call)
    expect(await jobs.ended(job)).toMatchObject({ state: 'done', dismissed: false })
    const { state } = await settles(project, (view) => view.state?.tapes.length === 1)
    expect(state?.tapes[0]).toMatchObject({ frames: squareFrames, path: tape })
    await jobs.dismiss(job)
    await jobs.refresh()
    expect(jobs.get()?.[0]).toMatchObject({ id: job, dismissed: true })
    stopJobs()
    stop()
  })

  it('tells jobs that were started since it was opened from those before', async () => {
    const page = await connectPage(bench.start())
    const { project, opened } = await show(page, await makeProject(page, 'jobs'))
    const path = bench.at('no-tape.mp4')
    await writeFile(path, 'This is no tape either.')
    const add = async (): Promise<number> => {
      const call = { project: opened.project, path }
      return (await page.engine.client.call('tapes.add', call)).job
    }
    const before = new JobsStore(page.engine.client, project)
    before.follow()
    const old = await before.ended(await add())
    const jobs = new JobsStore(page.engine.client, project)
    jobs.follow()
    await settles(jobs, (list) => list !== null)
    const fresh = await jobs.ended(await add())
    expect([jobs.isSinceOpened(old), jobs.isSinceOpened(fresh)]).toEqual([false, true])
  })

  it('shows a job that failed, with what to do', async () => {
    const page = await connectPage(bench.start())
    const { project, opened } = await show(page, await makeProject(page, 'failing'))
    const jobs = new JobsStore(page.engine.client, project)
    jobs.follow()
    const path = bench.at('letter.mp4')
    await writeFile(path, 'Dear Sir or Madam, this is no tape.')
    const call = { project: opened.project, path }
    const { job } = await page.engine.client.call('tapes.add', call)
    expect(await jobs.ended(job)).toMatchObject({
      state: 'failed',
      error: { code: 'not-a-video', hint: expect.stringMatching(/./) },
    })
  })

  it('comes back with a lost connection, as the same to the engine', async () => {
    const page = await connectPage(bench.start(), { retry: true })
    const { project, opened } = await show(page, await makeProject(page, 'cut'))
    page.cut()
    await settles(page.engine, ({ status }) => status === 'lost')
    expect(project.get()).toMatchObject({ opened, error: null })
    await settles(page.engine, ({ status }) => status === 'open')
    await project.refresh()
    expect(project.get()).toMatchObject({ opened, state: { name: 'cut' }, error: null })
  })

  it('is read only beside another window, until that lets go of it', async () => {
    const service = bench.start()
    const [first, second] = [await connectPage(service), await connectPage(service)]
    const path = await makeProject(first, 'shared')
    const writer = await show(first, path)
    const reader = await show(second, path, 'page-two')
    expect(writer.opened).toMatchObject({ mode: 'write', writer: 'this page' })
    expect(reader.opened).toMatchObject({ mode: 'read', writer: 'another window' })
    writer.stop()
    await settles(reader.project, ({ opened }) => opened?.mode === 'write')
  })

  it('says why it cannot be opened', async () => {
    const { engine } = await connectPage(bench.start())
    const project = new ProjectStore(engine, bench.at('none.maskbench'), 'page-one')
    project.follow()
    const { error } = await settles(project, (view) => view.error !== null)
    expect(error).toMatchObject({ code: 'no-such-file', hint: expect.stringMatching(/./) })
  })
})
