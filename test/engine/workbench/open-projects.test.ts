import { symlink } from 'node:fs/promises'
import { describe, expect, test, vi } from 'vitest'
import { createProject, openProject } from '../../../src/engine/db/project.ts'
import { setRecipe } from '../../../src/engine/db/recipes.ts'
import { rejection } from '../../fixtures/caught.ts'
import { paintedRecipe } from '../../fixtures/painted-project.ts'
import { startScript } from '../../fixtures/script-process.ts'
import { canMount, mountSmallDisk } from '../../fixtures/small-disk.ts'
import { loadPage, openHeld, openNew, testBench } from '../../fixtures/workbench.ts'

const bench = testBench()

const newProject = (name: string): string => {
  const path = bench.at(`${name}.maskbench`)
  createProject(path).close()
  return path
}

/** A project with a recipe. */
function likeable(): string {
  const path = bench.at('likeable.maskbench')
  const project = createProject(path)
  setRecipe(project, paintedRecipe())
  project.close()
  return path
}

describe('a project that two pages open', () => {
  test('is written by the first one; the second reads, and says who writes', async () => {
    const service = bench.start()
    const [first, second] = [loadPage(service), loadPage(service)]
    const path = newProject('two-pages')
    expect(await first.call('projects.open', { path, page: 'page-one' })).toMatchObject({
      ...{ path, name: 'two-pages', mode: 'write', writer: 'this page' },
    })
    const opened = await second.call('projects.open', { path, page: 'page-two' })
    expect(opened).toMatchObject({ mode: 'read', writer: 'another window' })
    const { project } = opened
    expect(await second.call('project.state', { project })).toMatchObject({ name: 'two-pages' })
    const refused = await rejection(second.call('tapes.add', { project, path: '/tape.mp4' }))
    expect(refused).toMatchObject({
      code: 'read-only',
      message: expect.stringContaining('another window'),
    })
  })

  test('is the second page’s to write once the first has closed it', async () => {
    const service = bench.start()
    const [first, second] = [loadPage(service), loadPage(service)]
    const { path, project } = await openNew(first, 'handed over', bench.at())
    const reading = await second.call('projects.open', { path, page: 'page-two' })
    const told = new Promise((resolve) => second.on('project.changed', resolve))
    await first.call('projects.close', { project })
    expect(await told).toEqual({ path, parts: ['writer'] })
    const writing = await second.call('projects.open', { path, page: 'page-two' })
    expect(writing).toMatchObject({ project: reading.project, mode: 'write', writer: 'this page' })
    expect(await rejection(first.call('project.state', { project }))).toMatchObject({
      code: 'no-such-project-handle',
    })
  })

  test('is one project, also by a link to its folder', async () => {
    const service = bench.start()
    const client = loadPage(service)
    const { path } = await openNew(client, 'linked', bench.at())
    const link = bench.at('link.maskbench')
    await symlink(path, link)
    expect(await client.call('projects.open', { path: link, page: 'page-two' })).toMatchObject({
      ...{ path, writer: 'another window' },
    })
  })

  test('tells all of them, and only what has changed', async () => {
    const service = bench.start()
    const [first, second] = [loadPage(service), loadPage(service)]
    const { path, project } = await openNew(first, 'told', bench.at())
    const told = new Promise((resolve) => second.on('project.changed', resolve))
    await first.call('projects.like', { project, path: likeable() })
    expect(await told).toMatchObject({ path, parts: expect.arrayContaining(['recipe', 'classes']) })
  })
})

describe('a page that is reloaded', () => {
  test('gets its handle again and writes on, while another page waits', async () => {
    const service = bench.start()
    const before = loadPage(service)
    const { path, project } = await openNew(before, 'reloaded', bench.at())
    await loadPage(service).call('projects.open', { path, page: 'page-two' })
    before.close()
    const after = loadPage(service)
    const again = await openHeld(after, path)
    expect(again).toMatchObject({ project, mode: 'write', writer: 'this page' })
    expect(await after.call('project.state', { project })).toMatchObject({ path })
  })

  test('that does not come back lets go of the project a little later', async () => {
    const service = bench.start({ graceMs: 1500 })
    const [gone, other] = [loadPage(service), loadPage(service)]
    const { path } = await openNew(gone, 'left', bench.at())
    gone.close()
    const during = await other.call('projects.open', { path, page: 'page-two' })
    expect(during.mode).toBe('read')
    const hold = new AbortController()
    const held = other.call('projects.hold', { project: during.project }, { signal: hold.signal })
    await new Promise<void>((resolve) => other.on('project.changed', () => resolve()))
    expect(await other.call('projects.open', { path, page: 'page-two' })).toMatchObject({
      mode: 'write',
    })
    hold.abort()
    expect(await held).toBeNull()
  })
})

describe('a project that nobody has open any more', () => {
  test('is free for other programs, and can be opened at once again', async () => {
    const service = bench.start()
    const client = loadPage(service)
    const { path, project } = await openNew(client, 'free', bench.at())
    await client.call('projects.close', { project })
    expect(await client.call('projects.open', { path, page: 'page-one' })).toMatchObject({
      mode: 'write',
    })
    await client.call('projects.close', { project })
    const writer = startScript('hold-project.ts', path)
    expect(await writer.line()).toBe('open')
    await writer.kill()
  })
})

describe('a project that another program writes', () => {
  test('is read, and written once that program has ended', async () => {
    const path = newProject('elsewhere')
    const writer = startScript('hold-project.ts', path)
    await writer.line()
    const service = bench.start()
    const client = loadPage(service)
    const opened = await client.call('projects.open', { path, page: 'page-one' })
    expect(opened).toMatchObject({ mode: 'read', writer: 'another program' })
    await writer.kill()
    expect(await client.call('projects.open', { path, page: 'page-one' })).toMatchObject({
      ...{ project: opened.project, mode: 'write', writer: 'this page' },
    })
  })

  test('shows what that program writes, and says when it has let go', async () => {
    const path = newProject('watched')
    const other = openProject(path, { mode: 'write' })
    const client = loadPage(bench.start())
    await openHeld(client, path)
    const said: string[][] = []
    client.on('project.changed', ({ parts }) => said.push(parts))
    setRecipe(other, paintedRecipe())
    await vi.waitFor(() => expect(said).toContainEqual(expect.arrayContaining(['recipe'])), 5000)
    other.close()
    await vi.waitFor(() => expect(said).toContainEqual(['writer']), 5000)
    expect(await openHeld(client, path)).toMatchObject({ mode: 'write' })
  })
})

describe.skipIf(!canMount)('a project on a read-only disk', () => {
  test('can be looked at, and says that nobody writes', async () => {
    const disk = mountSmallDisk(4)
    const service = bench.start()
    try {
      const path = disk.path('archive.maskbench')
      createProject(path).close()
      disk.readOnly()
      const client = loadPage(service)
      const { project, ...opened } = await openHeld(client, path)
      expect(opened).toMatchObject({ mode: 'read', writer: 'nobody' })
      expect(await client.call('project.state', { project })).toMatchObject({ name: 'archive' })
      const refused = client.call('jobs.dismiss', { project, job: 1 })
      expect(await rejection(refused)).toMatchObject({
        ...{ code: 'read-only', message: expect.stringContaining('disk') },
      })
    } finally {
      await service.close()
      disk.remove()
    }
  })
})
