import { expect, test } from 'vitest'
import { saveSettings } from '../../../src/engine/db/settings.ts'
import { getSource } from '../../../src/engine/db/sources.ts'
import { openEngine } from '../../../src/engine/engine.ts'
import { inferTape } from '../../../src/engine/jobs/infer-tape.ts'
import { placeRegions } from '../../../src/engine/jobs/place-regions.ts'
import { scoreRegions } from '../../../src/engine/jobs/region-scores.ts'
import type { Point } from '../../../src/shared/region.ts'
import { rejection } from '../../fixtures/caught.ts'
import { paintedProject } from '../../fixtures/painted-project.ts'
import { trainingProject } from '../../fixtures/training-project.ts'
import { loadPage, openHeld, testBench } from '../../fixtures/workbench.ts'

const bench = testBench()

const region = { kind: 'count', group: null, colour: null, threshold: null } as const
const box = (left: number, right: number): Point[] => [
  [left, 0],
  [right, 0],
  [right, 30],
  [left, 30],
]

test('regions are set all at once, and every page hears of it', async () => {
  const path = bench.at('set.maskbench')
  paintedProject(path).close()
  const client = loadPage(bench.start())
  const { project } = await openHeld(client, path)
  const changes: string[][] = []
  client.on('project.changed', ({ parts }) => changes.push(parts))
  const regions = [
    { ...region, name: 'a', points: box(0, 10), locked: true },
    { ...region, name: 'b “quoted” 🙂', points: box(20, 30) },
  ]
  const [a, b] = await client.call('regions.set', { project, regions })
  expect([a, b]).toMatchObject([
    { name: 'a', position: 0, locked: true },
    { name: 'b “quoted” 🙂', position: 1, locked: false },
  ])
  const { id = 0 } = b ?? {}
  const reordered = [{ ...region, name: 'b', points: box(20, 30), id }, ...regions.slice(0, 1)]
  const after = await client.call('regions.set', { project, regions: reordered })
  expect(after.map(({ name }) => name)).toEqual(['b', 'a'])
  expect((await client.call('project.state', { project })).regions).toEqual(after)
  expect(changes).toEqual([['regions'], ['regions']])
  const twice = client.call('regions.set', { project, regions: [...regions, ...regions] })
  expect((await rejection(twice)).code).toBe('bad-region')
})

test('each region has its sum and state in a frame that the network has looked at', async () => {
  const { template } = await trainingProject(bench.at)
  let sums: number[] = []
  {
    await using engine = openEngine(template, 'write')
    const { project } = engine
    saveSettings(project, { activeModel: 'good' })
    placeRegions(project, [
      { ...region, name: 'left', points: box(0, 48), locked: false },
      { ...region, name: 'right', points: box(48, 96), threshold: 10_000, locked: false },
    ])
    const { run } = await inferTape(engine, getSource(project, 1), { frames: '0-11' }, {})
    sums = scoreRegions(project, run, 0.5).map((scored) => scored.sums[2] ?? 0)
  }
  const client = loadPage(bench.start())
  const { project } = await openHeld(client, template)
  const scores = (frame: number) => client.call('regions.scores', { project, tape: 1, frame })
  const [left, right] = await scores(2)
  // The square is in the left region, and the default threshold 4 px in so small a picture.
  expect([left?.sum, right?.sum]).toEqual(sums)
  expect(sums[0]).toBeGreaterThan(4)
  expect(left?.occupied).toBe(true)
  expect(right).toMatchObject({ threshold: 10_000, occupied: false })
  expect(await scores(20)).toMatchObject([
    { sum: null, occupied: null },
    { sum: null, occupied: null },
  ])

  // One that is drawn after the run is scored from the stored map; one to be ignored has no score.
  const { regions } = await client.call('project.state', { project })
  const drawn = [
    ...regions.map(({ position, ...each }) => each),
    { ...region, name: 'late', points: box(0, 49) },
  ]
  await client.call('regions.set', { project, regions: drawn })
  const [before, , late] = await scores(2)
  expect(before).toEqual(left)
  expect(Math.abs((late?.sum ?? 0) - (left?.sum ?? 0))).toBeLessThan(0.2 * (left?.sum ?? 0))
  const ignored = { ...region, kind: 'ignore' as const, name: 'screen', points: box(60, 70) }
  await client.call('regions.set', { project, regions: [...drawn, ignored] })
  expect(await scores(2)).toHaveLength(3)
})
