import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { beforeAll, describe, expect, test } from 'vitest'
import { createProject } from '../../../src/engine/db/project.ts'
import { listFolder } from '../../../src/engine/workbench/folders.ts'
import { Roots } from '../../../src/engine/workbench/roots.ts'
import { caught, rejection } from '../../fixtures/caught.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()
const emoji = 'Kamera "3" 📼'

beforeAll(async () => {
  for (const folder of [
    'root/b',
    'root/a10',
    'root/a9',
    'root/.hidden',
    `root/${emoji}`,
    'outside',
  ])
    await mkdir(temporary(folder), { recursive: true })
  for (const file of ['root/tape 10.MP4', 'root/tape 9.mkv', 'root/notes.txt', 'outside/tape.mp4'])
    await writeFile(temporary(file), '')
  createProject(temporary('root/hall.maskbench')).close()
  createProject(temporary('root/unusual name')).close()
  await symlink(temporary('outside'), temporary('root/way out'))
  await symlink(temporary('root/b'), temporary('root/shortcut'))
  await symlink(temporary('nowhere'), temporary('root/broken'))
})

const names = async (roots: Roots, path?: string) =>
  (await listFolder(roots, path)).entries.map(({ kind, name }) => `${kind} ${name}`)

describe('a folder', () => {
  test('lists folders, projects and tapes by name, numbers as numbers, without what is hidden', async () => {
    expect(await names(new Roots(), temporary('root'))).toEqual([
      ...['folder a9', 'folder a10', 'folder b', `folder ${emoji}`, 'folder shortcut'],
      ...['folder way out', 'project hall.maskbench', 'project unusual name'],
      ...['tape tape 9.mkv', 'tape tape 10.MP4', 'other notes.txt'],
    ])
  })

  test('leads up to its parent, but not out of a root; links out of it are not shown', async () => {
    const roots = new Roots([temporary('root')])
    const shown = await names(roots, temporary('root'))
    expect(shown).toContain('folder shortcut')
    expect(shown).not.toContain('folder way out')
    expect(await listFolder(roots, temporary('root'))).toMatchObject({ parent: null })
    expect(await listFolder(roots, temporary('root/b'))).toMatchObject({
      parent: temporary('root'),
    })
    expect((await listFolder(new Roots(), temporary('root'))).parent).toBe(temporary())
  })

  test('that is not there, is a file, or lies outside the roots is an error that says so', async () => {
    const roots = new Roots([temporary('root')])
    const codes = ['root/none', 'root/notes.txt', 'root/../outside', 'root/way out'].map(
      async (path) => (await rejection(listFolder(roots, temporary(path)))).code,
    )
    expect(await Promise.all(codes)).toEqual([
      ...['no-such-file', 'bad-value', 'outside-roots', 'outside-roots'],
    ])
  })
})

describe('without a path', () => {
  test('the roots are listed', async () => {
    const roots = new Roots([temporary('root'), temporary('outside')])
    expect(await listFolder(roots)).toEqual({
      ...{ path: '', parent: null },
      entries: ['root', 'outside'].map((name) => ({ name, path: temporary(name), kind: 'folder' })),
    })
  })

  test('and where there are none, the places that people know', async () => {
    const { entries } = await listFolder(new Roots())
    expect(entries[0]).toEqual({ name: 'Home', path: homedir(), kind: 'folder' })
    expect(entries.map(({ path }) => path)).toContain('/')
  })
})

describe('the roots', () => {
  test.each([
    ['root', true],
    ['root/new/folder/tape.mp4', true],
    ['root/..strange', true],
    ['root/../root/b', true],
    ['rooted', false],
    ['', false],
    ['root/way out/tape.mp4', false],
    ['root/way out/new.mp4', false],
    ['root/way out/../b', true],
  ])('let a page reach %j: %j', (path, allowed) => {
    // Put together by hand: joining would take the dots out. They go before links are followed, and
    // the path without them is the one that is used.
    const roots = new Roots([temporary('root')])
    expect(roots.allows(`${temporary()}/${path}`)).toBe(allowed)
  })

  test('name themselves to who is refused', () => {
    const error = caught(() => new Roots([temporary('root')]).require('/etc/passwd'))
    expect(error).toMatchObject({ code: 'outside-roots', hint: expect.stringContaining('root') })
  })
})
