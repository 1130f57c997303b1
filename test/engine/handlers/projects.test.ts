import { existsSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { addJob, startJob } from '../../../src/engine/db/jobs.ts'
import { databaseFile } from '../../../src/engine/db/layout.ts'
import { createProject, openProject } from '../../../src/engine/db/project.ts'
import { activeRecipe } from '../../../src/engine/db/recipes.ts'
import { addRegions, listRegions } from '../../../src/engine/db/regions.ts'
import { saveSettings } from '../../../src/engine/db/settings.ts'
import { rememberProject } from '../../../src/engine/projects/recent.ts'
import type { ListedProject } from '../../../src/shared/contract.ts'
import { rejection } from '../../fixtures/caught.ts'
import { makeOldProject } from '../../fixtures/old-project.ts'
import { paintedProject } from '../../fixtures/painted-project.ts'
import { loadPage, openNew, type Page, testBench } from '../../fixtures/workbench.ts'

const bench = testBench()

const listed = async (client: Page, path: string): Promise<ListedProject | undefined> =>
  (await client.call('projects.list', {})).find((project) => project.path === path)

describe('a new project', () => {
  test('may have quotes, spaces and emoji in its name', async () => {
    const client = loadPage(bench.start())
    const name = `Halle "3" — d'Arc 📼 ä`
    const opened = await openNew(client, name, bench.at('names'))
    expect(opened).toMatchObject({ name, path: bench.at('names', `${name}.maskbench`) })
    const { project } = opened
    expect(await client.call('project.state', { project })).toEqual({
      ...{ path: opened.path, name, tapes: [], recipe: null, regions: [], frames: [], rule: null },
      classes: [
        { index: 0, name: 'background', colour: expect.any(String) },
        { index: 1, name: 'person', colour: expect.any(String) },
      ],
      model: {
        ...{ id: expect.any(String), name: expect.stringContaining('DeepLabV3') },
        problem: null,
      },
    })
    expect(await listed(client, opened.path)).toMatchObject({ name, state: 'ready', tapes: 0 })
  })

  test('goes to the user’s usual place where no folder is named', async () => {
    const client = loadPage(bench.start())
    const { path } = await client.call('projects.create', { name: 'usual.maskbench' })
    expect(path.endsWith('/projects/usual.maskbench')).toBe(true)
    expect(existsSync(databaseFile(path))).toBe(true)
  })

  test.each(['', '  ', '..', 'a/b', 'zero\0', 'x'.repeat(250), 'line\nbreak'])(
    'cannot be called %j',
    async (name) => {
      const client = loadPage(bench.start())
      const error = await rejection(client.call('projects.create', { name, folder: bench.at() }))
      expect(error.code).toBe('bad-value')
    },
  )

  test('never takes the place of one that is there', async () => {
    const client = loadPage(bench.start())
    await client.call('projects.create', { name: 'twice', folder: bench.at() })
    const again = client.call('projects.create', { name: 'twice', folder: bench.at() })
    expect((await rejection(again)).code).toBe('project-exists')
  })
})

describe('the list of projects', () => {
  test('says what is in each, with jobs that wait for a look', async () => {
    const path = bench.at('listed.maskbench')
    const project = paintedProject(path)
    for (const state of ['running', 'running', 'queued'] as const) {
      const job = addJob(project, 'train', null, state)
      if (state === 'running') startJob(project, job)
    }
    await rememberProject(path)
    const client = loadPage(bench.start())
    const counts = { state: 'ready', tapes: 1, frames: 100, labels: 0, poster: null }
    expect(await listed(client, path)).toMatchObject({ ...counts, running: 3, unfinished: 0 })
    // As after kill -9: nobody holds the lock, nothing is running.
    project.close()
    expect(await listed(client, path)).toMatchObject({ ...counts, running: 0, unfinished: 3 })
    const { project: handle } = await client.call('projects.open', { path, page: 'page-one' })
    for (const { id, state } of await client.call('jobs.list', { project: handle })) {
      expect(state).toBe('interrupted')
      await client.call('jobs.dismiss', { project: handle, job: id })
    }
    expect(await listed(client, path)).toMatchObject({ ...counts, running: 0, unfinished: 0 })
  })

  test('shows a project of an older version, which opening brings up to date after a backup', async () => {
    const path = bench.at('old.maskbench')
    makeOldProject(path, 1, (db) =>
      db.exec(`INSERT INTO job (kind, arguments, state, created_at)
               VALUES ('infer', 'null', 'failed', '2026-01-01T00:00:00Z')`),
    )
    await rememberProject(path)
    const client = loadPage(bench.start())
    expect(await listed(client, path)).toMatchObject({ state: 'ready', unfinished: 1 })
    const { project } = await client.call('projects.open', { path, page: 'page-one' })
    expect(await client.call('jobs.list', { project })).toMatchObject([{ title: '' }])
    const backups = await client.call('projects.backups', { path })
    expect(backups).toMatchObject([{ reason: 'migration' }])
  })

  test('says why a project of a newer version cannot be opened, and leaves it as it is', async () => {
    const client = loadPage(bench.start())
    const { path } = await client.call('projects.create', { name: 'newer', folder: bench.at() })
    const db = new Database(databaseFile(path))
    db.pragma('user_version = 99')
    db.close()
    const hint = expect.stringContaining('Update Maskbench')
    expect(await listed(client, path)).toMatchObject({ state: 'unreadable', hint })
    expect(await rejection(client.call('projects.open', { path, page: 'page-one' }))).toMatchObject(
      {
        ...{ code: 'project-too-new', hint },
      },
    )
  })

  test('names those that are gone, and forgets them when asked', async () => {
    const client = loadPage(bench.start())
    const { path } = await client.call('projects.create', { name: 'gone', folder: bench.at() })
    await rename(path, bench.at('moved.maskbench'))
    expect(await listed(client, path)).toMatchObject({ state: 'missing', name: 'gone' })
    await client.call('projects.forget', { path })
    expect(await listed(client, path)).toBeUndefined()
  })
})

describe('a project like an earlier one', () => {
  test('takes recipe, regions, classes and rule over, and keeps its own past', async () => {
    const path = bench.at('earlier.maskbench')
    const earlier = paintedProject(path)
    const { geometryHash } = activeRecipe(earlier) ?? { geometryHash: '' }
    const region = { kind: 'count', group: null, colour: null, threshold: 7 } as const
    const points: [number, number][] = [
      [1, 1],
      [9, 1],
      [9, 9],
    ]
    addRegions(earlier, [{ ...region, name: 'gate', points }], geometryHash)
    saveSettings(earlier, { countRule: { threshold: 12, cut: 0.25, enter: 1, leave: 0 } })
    earlier.close()
    const client = loadPage(bench.start())
    const { project, path: newPath } = await openNew(client, 'next', bench.at())
    await client.call('projects.like', { project, path })
    expect(await client.call('project.state', { project })).toMatchObject({
      recipe: { geometryHash },
      regions: [{ name: 'gate', points, threshold: 7, position: 0, locked: false }],
      rule: { threshold: 12, cut: 0.25 },
    })
    await client.call('projects.like', { project, path })
    const { regions } = await client.call('project.state', { project })
    expect(regions.map(({ name }) => name)).toEqual(['gate'])
    expect(await client.call('projects.backups', { path: newPath })).toMatchObject([
      { reason: 'recipe' },
    ])
    const untouched = openProject(path, { mode: 'read' })
    expect(listRegions(untouched)).toHaveLength(1)
    untouched.close()
  })

  test('is not made like itself, nor like one without a recipe', async () => {
    const client = loadPage(bench.start())
    const { project, path } = await openNew(client, 'itself', bench.at())
    const itself = client.call('projects.like', { project, path })
    expect((await rejection(itself)).code).toBe('bad-value')
    const bare = bench.at('bare.maskbench')
    createProject(bare).close()
    const empty = client.call('projects.like', { project, path: bare })
    expect((await rejection(empty)).code).toBe('no-recipe')
  })
})

describe('a workbench that may open files below its roots alone', () => {
  test('opens, makes, lists, adds and throws away nothing elsewhere', async () => {
    const root = bench.at('root')
    await mkdir(root)
    await writeFile(bench.at('secret.mp4'), '')
    const outside = bench.at('outside.maskbench')
    createProject(outside).close()
    await rememberProject(outside)
    const client = loadPage(bench.start({ roots: [root] }))
    const { path, project } = await openNew(client, 'inside', root)
    const refused = await Promise.all(
      [
        client.call('projects.open', { path: outside, page: 'page-one' }),
        client.call('projects.open', { path: `${root}/../outside.maskbench`, page: 'page-one' }),
        client.call('projects.create', { name: 'new', folder: bench.at() }),
        client.call('projects.trash', { path: outside }),
        client.call('projects.backups', { path: outside }),
        client.call('projects.restore', { path, file: databaseFile(outside) }),
        client.call('projects.like', { project, path: outside }),
        client.call('folders.list', { path: bench.at() }),
        client.call('tapes.add', { project, path: bench.at('secret.mp4') }),
      ].map(async (call) => (await rejection(call)).code),
    )
    expect(new Set(refused)).toEqual(new Set(['outside-roots']))
    expect((await client.call('projects.list', {})).map((each) => each.path)).toEqual([path])
    const usual = await client.call('projects.create', { name: 'usual place' })
    expect(usual.path).toBe(bench.at('root', 'usual place.maskbench'))
    expect(existsSync(outside)).toBe(true)
  })
})
