import { readdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { freshDataFolder } from '../fixtures/data-folder.ts'
import { discExperiment, discProjects } from '../fixtures/disc-project.ts'
import { failure, result } from '../fixtures/maskbench.ts'
import { temporaryFolder } from '../fixtures/temporary.ts'

const temporary = temporaryFolder()
const openDiscs = discProjects(temporary)

const ran = z.object({
  experiments: z.array(
    z.looseObject({
      id: z.number(),
      name: z.string(),
      state: z.string(),
      best: z.looseObject({ at: z.number(), validationLoss: z.number() }),
      runs: z.array(z.looseObject({ seed: z.number() })),
    }),
  ),
})
const listed = z.looseObject({
  differences: z.array(z.object({ setting: z.string(), values: z.array(z.string().nullable()) })),
  rows: z.array(z.looseObject({ id: z.number(), validationLoss: z.number() })),
})

describe('experiment', () => {
  const dir = () => temporary('discs.maskbench')
  const file = (name: string) => temporary(name)
  const cpu = ['--device', 'cpu', '--threads', '1']
  let dataFolder: Awaited<ReturnType<typeof freshDataFolder>>

  beforeAll(async () => {
    dataFolder = await freshDataFolder()
    await (await openDiscs('discs')).close()
    const settings = discExperiment()
    const list = [settings, { ...settings, name: 'Slower', batch: 4 }]
    await writeFile(file('list.json'), JSON.stringify(list))
  })
  afterAll(() => dataFolder.remove())

  it('runs a list, shows where its experiments differ, and writes them out', async () => {
    const words = ['experiment', 'run', dir(), file('list.json'), '--epochs', 1, ...cpu]
    const { experiments } = await result(ran, ...words)
    expect(experiments.map(({ name, state }) => [name, state])).toEqual([
      ['Discs', 'done'],
      ['Slower', 'done'],
    ])
    const { differences, rows } = await result(
      listed,
      ...['experiment', 'list', dir(), '--sort', 'validationLoss'],
    )
    expect(differences).toEqual([{ setting: 'batch', values: ['4', '2'] }])
    const losses = rows.map(({ validationLoss }) => validationLoss)
    expect(losses).toEqual(losses.toSorted((a, b) => a - b))
    const shown = z.looseObject({
      runs: z.array(z.looseObject({ stages: z.array(z.looseObject({ name: z.string() })) })),
    })
    const { runs } = await result(shown, 'experiment', 'show', dir(), 1)
    expect(runs[0]?.stages.map(({ name }) => name)).toEqual(['head', 'all'])
    const write = (format: string, target: string) =>
      result(
        z.looseObject({ files: z.array(z.string()) }),
        ...['experiment', 'export', dir(), file(target), '--format', format],
      )
    await write('csv', 'table.csv')
    expect(readFileSync(file('table.csv'), 'utf8')).toMatch(/^id,name,seed,state,parent,batch,val/)
    expect(readFileSync(file('table-epochs.csv'), 'utf8').trim().split('\r\n')).toHaveLength(5)
    await write('markdown', 'table.md')
    expect(readFileSync(file('table.md'), 'utf8')).toContain('| ≠ batch |')
    await write('html', 'page.html')
    expect(readFileSync(file('page.html'), 'utf8')).toContain('<polyline')
    await write('tensorboard', 'events')
    expect(readdirSync(file('events'))).toEqual(['1 Discs seed 0', '2 Slower seed 0'])
  })

  it('leaves what it queues for a later run, changed as the words say', async () => {
    const queued = z.object({
      experiments: z.array(
        z.looseObject({ state: z.string(), runs: z.array(z.looseObject({ seed: z.number() })) }),
      ),
    })
    const { experiments } = await result(
      queued,
      ...['experiment', 'run', dir(), file('list.json'), '--queue-only', '--seeds', '3,4'],
    )
    expect(experiments.map(({ state }) => state)).toEqual(['queued', 'queued'])
    expect(experiments[0]?.runs.map(({ seed }) => seed)).toEqual([3, 4])
  })

  it('prints a preset that can be run, and refuses what it does not know', async () => {
    const preset = z.looseObject({ preset: z.literal('unet-dice'), batch: z.number() })
    await result(preset, 'experiment', 'preset', 'unet-dice')
    const run = ['experiment', 'run', dir()]
    expect((await failure(...run, '--preset', 'none')).code).toBe('bad-value')
    expect((await failure(...run, '--epochs', 3)).code).toBe('bad-value')
    expect((await failure(...run, file('list.json'), '--network', 'gone')).code).toBe(
      'no-such-model',
    )
    expect((await failure('experiment', 'show', dir(), 99)).code).toBe('no-such-experiment')
  })
})
