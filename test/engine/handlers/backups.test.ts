import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { databaseFile, mapsFile, mapsFolder } from '../../../src/engine/db/layout.ts'
import { createProject, openProject } from '../../../src/engine/db/project.ts'
import { loadSettings, saveSettings } from '../../../src/engine/db/settings.ts'
import { rejection } from '../../fixtures/caught.ts'
import { startScript } from '../../fixtures/script-process.ts'
import { loadPage, openNew, type Page, testBench } from '../../fixtures/workbench.ts'

const bench = testBench()

const truthPixels = (path: string): number | null => {
  const project = openProject(path, { mode: 'read' })
  try {
    return loadSettings(project).truthPixels
  } finally {
    project.close()
  }
}

function setTruthPixels(path: string, value: number): void {
  const project = openProject(path, { mode: 'write' })
  saveSettings(project, { truthPixels: value })
  project.close()
}

/** A closed project in which `truthPixels` is 2, with a backup in which it is 1. */
async function backedUp(client: Page, name: string) {
  const path = bench.at(`${name}.maskbench`)
  createProject(path).close()
  setTruthPixels(path, 1)
  const { project } = await client.call('projects.open', { path, page: 'page-one' })
  const backup = await client.call('projects.backup', { project })
  await client.call('projects.close', { project })
  // The engine closes it in its own time.
  await vi.waitFor(() => setTruthPixels(path, 2), { timeout: 20_000 })
  return { path, backup }
}

describe('a backup', () => {
  test('is made on request, and those asked for stay when others are made', async () => {
    const client = loadPage(bench.start())
    const { project, path } = await openNew(client, 'asked for', bench.at())
    const made = await client.call('projects.backup', { project })
    expect(made).toMatchObject({ reason: 'request', bytes: expect.any(Number) })
    expect(Date.now() - Date.parse(made.at)).toBeLessThan(60_000)
    for (let i = 0; i < 6; i++) await client.call('projects.backup', { project })
    const backups = await client.call('projects.backups', { path })
    expect(backups).toHaveLength(5)
    expect(backups[0]?.at.localeCompare(backups[1]?.at ?? '')).toBe(1)
  })
})

describe('a backup that is restored', () => {
  test('takes the place of what is there, which is backed up first', async () => {
    const client = loadPage(bench.start())
    const { path, backup } = await backedUp(client, 'restored')
    await mkdir(mapsFolder(path), { recursive: true })
    await writeFile(mapsFile(path, 7), 'maps of a run that the backup does not know')
    await client.call('projects.restore', { path, file: backup.file })
    expect(truthPixels(path)).toBe(1)
    expect(await readdir(mapsFolder(path))).toEqual([])
    const [latest] = await client.call('projects.backups', { path })
    expect(latest?.reason).toBe('restore')
    await client.call('projects.restore', { path, file: latest?.file ?? '' })
    expect(truthPixels(path)).toBe(2)
  })

  test('also takes the place of a damaged project, which is kept as it is', async () => {
    const client = loadPage(bench.start())
    const { path, backup } = await backedUp(client, 'damaged')
    const garbage = Buffer.alloc(8192, 'garbage ')
    await writeFile(databaseFile(path), garbage)
    await client.call('projects.restore', { path, file: backup.file })
    expect(truthPixels(path)).toBe(1)
    const [latest] = await client.call('projects.backups', { path })
    expect(latest?.reason).toBe('restore')
    expect(await readFile(latest?.file ?? '')).toEqual(garbage)
  })

  test('is refused where it is no backup, and leaves everything as it is', async () => {
    const client = loadPage(bench.start())
    const { path } = await backedUp(client, 'refused')
    const text = bench.at('text.db')
    await writeFile(text, 'no database')
    const before = await readFile(databaseFile(path))
    for (const [file, code] of [
      [text, 'project-damaged'],
      [bench.at('absent.db'), 'no-such-file'],
    ] as const)
      expect((await rejection(client.call('projects.restore', { path, file }))).code).toBe(code)
    expect(await readFile(databaseFile(path))).toEqual(before)
  })

  test('waits until nobody has the project open', async () => {
    const client = loadPage(bench.start())
    const { path, backup } = await backedUp(client, 'in use')
    const { project } = await client.call('projects.open', { path, page: 'page-one' })
    const restore = () => rejection(client.call('projects.restore', { path, file: backup.file }))
    expect(await restore()).toMatchObject({ code: 'project-locked' })
    await client.call('projects.close', { project })
    await vi.waitFor(() => openProject(path, { mode: 'write' }).close(), { timeout: 20_000 })
    const writer = startScript('hold-project.ts', path)
    expect(await writer.line()).toBe('open')
    expect(await restore()).toMatchObject({
      ...{ code: 'project-locked', message: expect.stringContaining('another program') },
    })
    await writer.kill()
    await client.call('projects.restore', { path, file: backup.file })
    expect(truthPixels(path)).toBe(1)
  })
})

describe('a project that is thrown away', () => {
  afterEach(() => {
    vi.unstubAllEnvs()
  })

  test('goes to the system’s trash with a note of where it was, and off the list', async () => {
    vi.stubEnv('XDG_DATA_HOME', bench.at('data'))
    const client = loadPage(bench.start())
    const name = 'Halle "3" 100% 📼'
    for (const folder of ['one', 'two']) {
      const { project, path } = await openNew(client, name, bench.at(folder))
      expect(await rejection(client.call('projects.trash', { path }))).toMatchObject({
        code: 'project-locked',
      })
      await client.call('projects.close', { project })
      await client.call('projects.trash', { path })
      expect(existsSync(path)).toBe(false)
    }
    expect(await client.call('projects.list', {})).not.toContainEqual(
      expect.objectContaining({ name }),
    )
    const trash = bench.at('data', 'Trash')
    const kept = [`${name}.maskbench`, `${name}.maskbench 2`]
    expect(await readdir(`${trash}/files`)).toEqual(kept)
    expect(existsSync(databaseFile(`${trash}/files/${kept[1]}`))).toBe(true)
    const note = await readFile(`${trash}/info/${kept[1]}.trashinfo`, 'utf8')
    const [head, path, date] = note.split('\n')
    expect(head).toBe('[Trash Info]')
    expect(decodeURIComponent(path?.replace('Path=', '') ?? '')).toBe(
      bench.at('two', `${name}.maskbench`),
    )
    expect(date).toMatch(/^DeletionDate=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)
  })

  test('goes the way of the host, where that has one', async () => {
    const thrown: string[] = []
    const trash = async (path: string) => {
      thrown.push(basename(path))
    }
    const client = loadPage(bench.start({ trash }))
    const path = bench.at('by the host.maskbench')
    createProject(path).close()
    await client.call('projects.trash', { path })
    expect(thrown).toEqual(['by the host.maskbench'])
  })

  test('is a project: no other folder is thrown away', async () => {
    const client = loadPage(bench.start())
    const path = bench.at('photographs')
    await mkdir(path)
    expect((await rejection(client.call('projects.trash', { path }))).code).toBe('not-a-project')
    expect(existsSync(path)).toBe(true)
  })
})
