import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { userDataFolder } from '../../../src/engine/projects/data-folder.ts'
import { listProjects } from '../../../src/engine/projects/list.ts'
import {
  forgetProject,
  recentProjects,
  rememberProject,
} from '../../../src/engine/projects/recent.ts'
import { AppError } from '../../../src/shared/errors.ts'

let home: string

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'maskbench-home-'))
  vi.stubEnv('MASKBENCH_HOME', join(home, 'data'))
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(home, { recursive: true })
})

const noon = new Date('2026-03-01T12:00:00Z')

describe('the list of recent projects', () => {
  it('is empty before the first project', async () => {
    expect(await recentProjects()).toEqual([])
  })

  it('has the latest first, each once, by absolute path', async () => {
    await rememberProject('/tapes/hall.maskbench', noon)
    await rememberProject('/tapes/yard.maskbench', noon)
    await rememberProject('/tapes/../tapes/hall.maskbench', new Date('2026-03-02T08:30:00Z'))
    expect(await recentProjects()).toEqual([
      { path: '/tapes/hall.maskbench', lastOpened: '2026-03-02T08:30:00.000Z' },
      { path: '/tapes/yard.maskbench', lastOpened: '2026-03-01T12:00:00.000Z' },
    ])
  })

  it('forgets a project and leaves the others', async () => {
    await rememberProject('/tapes/hall.maskbench', noon)
    await rememberProject('/tapes/yard.maskbench', noon)
    await forgetProject('/tapes/hall.maskbench')
    expect((await recentProjects()).map(({ path }) => path)).toEqual(['/tapes/yard.maskbench'])
  })

  it('keeps the latest fifty', async () => {
    for (let i = 0; i < 52; i++) await rememberProject(`/tapes/${i}.maskbench`, noon)
    const projects = await recentProjects()
    expect(projects).toHaveLength(50)
    expect(projects[0]?.path).toBe('/tapes/51.maskbench')
  })

  it.each(['', '{"version":1,"projects":[', '{"version":2}', '[]'])(
    'starts anew when its file holds %j',
    async (text) => {
      await mkdir(join(home, 'data'))
      await writeFile(join(home, 'data', 'recent-projects.json'), text)
      await rememberProject('/tapes/hall.maskbench', noon)
      expect(await recentProjects()).toHaveLength(1)
    },
  )

  it('is replaced as a whole and leaves no partial file behind', async () => {
    await Promise.all(Array.from({ length: 8 }, (_, i) => rememberProject(`/tapes/${i}`, noon)))
    expect(await readdir(join(home, 'data'))).toEqual(['recent-projects.json'])
    const text = await readFile(join(home, 'data', 'recent-projects.json'), 'utf8')
    expect(JSON.parse(text)).toMatchObject({ version: 1 })
  })
})

describe('a list that cannot be written', () => {
  beforeEach(() => writeFile(join(home, 'data'), 'a file where the folder should be'))

  it('keeps nobody from working on a project', async () => {
    expect(await rememberProject('/tapes/hall.maskbench', noon)).toBe(false)
    expect(await recentProjects()).toEqual([])
  })

  it('is an error for who wants it changed', async () => {
    await expect(forgetProject('/tapes/hall.maskbench')).rejects.toThrow('EEXIST')
  })
})

describe('the projects as they are shown', () => {
  it('say what is in them, that they are gone, or why they cannot be read', async () => {
    const whole = join(home, 'whole.maskbench')
    const broken = join(home, 'broken "1" 📼.maskbench')
    await Promise.all([mkdir(whole), mkdir(broken)])
    for (const path of [join(home, 'gone.maskbench'), broken, whole])
      await rememberProject(path, noon)
    const shown = await listProjects((folder) => {
      const rest = { labels: 3, running: 0, unfinished: 1, poster: null }
      if (folder === whole) return { tapes: 2, frames: 1500, ...rest }
      throw new AppError('project-too-new', 'made by a newer version', 'Update Maskbench.')
    })
    expect(shown).toMatchObject([
      { name: 'whole', state: 'ready', tapes: 2, frames: 1500, labels: 3 },
      {
        name: 'broken "1" 📼',
        state: 'unreadable',
        problem: 'made by a newer version',
        hint: 'Update Maskbench.',
      },
      { name: 'gone', state: 'missing' },
    ])
  })
})

describe("the user's data folder", () => {
  it.each([
    ['linux', {}, '/home/eva/.local/share/maskbench'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/data/maskbench'],
    ['darwin', {}, '/home/eva/Library/Application Support/Maskbench'],
    ['win32', { APPDATA: '/roaming' }, '/roaming/Maskbench'],
    ['win32', {}, '/home/eva/AppData/Roaming/Maskbench'],
    ['darwin', { MASKBENCH_HOME: '/elsewhere' }, '/elsewhere'],
  ] as const)('on %s with %j is %s', (platform, env, folder) => {
    expect(userDataFolder(env, platform, '/home/eva')).toBe(folder)
  })
})
