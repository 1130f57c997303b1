import { mkdir, writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { createProject } from '../../../src/engine/db/project.ts'
import { saveSettings } from '../../../src/engine/db/settings.ts'
import { addSource } from '../../../src/engine/db/sources.ts'
import { builtInDescription } from '../../../src/engine/models/built-in.ts'
import { projectModelFolder } from '../../../src/engine/models/model-store.ts'
import type { ProjectState } from '../../../src/shared/contract/state.ts'
import { madeUpTape } from '../../fixtures/made-up-tape.ts'
import { loadPage, openHeld, testBench } from '../../fixtures/workbench.ts'

const bench = testBench()

async function stateOf(
  name: string,
  fill: (project: ReturnType<typeof createProject>) => Promise<void> | void,
): Promise<ProjectState> {
  const path = bench.at(`${name}.maskbench`)
  const made = createProject(path)
  await fill(made)
  made.close()
  const client = loadPage(bench.start())
  const { project } = await openHeld(client, path)
  return client.call('project.state', { project })
}

describe('a tape in the state of its project', () => {
  test('may have no frame at all', async () => {
    const { tapes } = await stateOf('no frames', (project) => {
      addSource(project, madeUpTape(0), null)
    })
    expect(tapes).toMatchObject([{ frames: 0, seconds: 0, frameRate: 15, missing: true }])
  })

  test('lasts until its last frame has been shown, also where the frames come unevenly', async () => {
    const { tapes } = await stateOf('uneven', (project) => {
      const index = madeUpTape(4)
      // At 0, 1, 2 and 6 s: two seconds a frame on the average.
      const pts = Float64Array.of(0, 15360, 2 * 15360, 6 * 15360)
      addSource(project, { ...index, pts }, null)
    })
    expect(tapes).toMatchObject([{ frames: 4, seconds: 8, frameRate: 0.5 }])
  })

  test('that fills a day is told as quickly as a short one', async () => {
    const state = await stateOf('a day', (project) => {
      addSource(project, madeUpTape(810_000), '2026-05-01T00:00:00')
    })
    expect(state.tapes).toMatchObject([
      { frames: 810_000, seconds: expect.closeTo(54_000, 3), startTime: '2026-05-01T00:00:00' },
    ])
    expect(JSON.stringify(state).length).toBeLessThan(2000)
  })
})

describe('the network in the state of a project', () => {
  test('has its name, or its id where it is gone', async () => {
    const own = { ...builtInDescription, id: 'night-shift', name: 'Night shift “A” 🌙' }
    const { model } = await stateOf('named', async (project) => {
      const folder = projectModelFolder(project.dir, own.id)
      await mkdir(folder, { recursive: true })
      await writeFile(`${folder}/model.json`, JSON.stringify(own))
      saveSettings(project, { activeModel: own.id })
    })
    expect(model).toEqual({ id: own.id, name: own.name, problem: null })
    const without = await stateOf('gone', (project) =>
      saveSettings(project, { activeModel: 'gone' }),
    )
    expect(without.model).toEqual({
      ...{ id: 'gone', name: 'gone' },
      problem: expect.stringContaining('no longer'),
    })
  })
})
