import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { saveSettings } from '../../../src/engine/db/settings.ts'
import type { WorkbenchService } from '../../../src/engine/handlers.ts'
import { placeRegions } from '../../../src/engine/jobs/place-regions.ts'
import { byteAddress } from '../../../src/shared/byte-routes.ts'
import { rejection } from '../../fixtures/caught.ts'
import { addScoredRun, column, scoredProject } from '../../fixtures/scored-project.ts'
import { loadPage, openHeld, testBench } from '../../fixtures/workbench.ts'

const bench = testBench()

/** Somebody is in the left region for the first ten of every forty frames, in the right one never. */
const visits = (position: number, region: number): number =>
  region === 0 && position % 40 < 10 ? 400 : 0

interface Asked {
  project: string
  run: number
  region: number
  cut?: number
}

async function askScores(service: WorkbenchService, { project, run, region, cut = 0.5 }: Asked) {
  const address = `http://127.0.0.1${byteAddress.scores(project, run, region, cut)}`
  return service.bytes(new Request(address))
}

async function readScores(service: WorkbenchService, asked: Asked): Promise<Float64Array> {
  return new Float64Array(await (await askScores(service, asked)).arrayBuffer())
}

test('there is nothing to review before a run, and no review without regions', async () => {
  const path = bench.at('empty.maskbench')
  const made = scoredProject(path, 100)
  made.close()
  const client = loadPage(bench.start())
  const { project } = await openHeld(client, path)
  expect(await client.call('review.open', { project, tape: 1 })).toBeNull()
  const none = client.call('review.open', { project, tape: 1, run: 7 })
  expect((await rejection(none)).code).toBe('no-such-run')

  const bare = scoredProject(bench.at('bare.maskbench'), 100)
  addScoredRun(bare, { frames: 100, sum: visits })
  placeRegions(bare, [])
  bare.close()
  const other = await openHeld(client, bench.at('bare.maskbench'))
  const opened = client.call('review.open', { project: other.project, tape: 1 })
  expect((await rejection(opened)).code).toBe('no-regions')
})

test('a review is of the latest run of the active network, or of the run asked for', async () => {
  const path = bench.at('latest.maskbench')
  const made = scoredProject(path, 100)
  addScoredRun(made, { frames: 100, sum: () => 1 })
  addScoredRun(made, { frames: 100, sum: visits, model: 'fine-tuned' })
  addScoredRun(made, { frames: 100, sum: () => 2 })
  addScoredRun(made, { frames: 100, done: 0, sum: () => 2 })
  made.close()
  const service = bench.start()
  const client = loadPage(service)
  const { project } = await openHeld(client, path)
  const review = await client.call('review.open', { project, tape: 1 })
  expect(review).toMatchObject({
    run: { id: 3, frames: 100, done: 100, state: 'done', current: true },
    frameList: '0-99',
    startTime: null,
    shifts: ['06:00', '14:00', '22:00'],
    rule: { threshold: 50, cut: 0.5, enter: 0, leave: 0 },
    regions: [
      { name: 'left', threshold: null, approximate: false },
      { name: 'right', threshold: null, approximate: false },
    ],
    answers: [],
  })
  const asked = await client.call('review.open', { project, tape: 1, run: 2 })
  expect(asked?.run).toMatchObject({
    id: 2,
    model: { id: 'fine-tuned', name: 'fine-tuned' },
    current: false,
  })
  const region = asked?.regions[0]?.id ?? 0
  expect(await readScores(service, { project, run: 2, region })).toEqual(
    Float64Array.from({ length: 100 }, (_, position) => visits(position, 0)),
  )
  expect((await askScores(service, { project, run: 2, region, cut: 0.51 })).status).toBe(400)
  expect((await askScores(service, { project, run: 2, region: 99 })).status).toBe(404)
  expect((await askScores(service, { project, run: 99, region })).status).toBe(404)
  expect((await askScores(service, { project: 'nobody', run: 2, region })).status).toBe(404)
})

test('the network that was made active is reviewed by its own run', async () => {
  const path = bench.at('active.maskbench')
  const made = scoredProject(path, 100)
  addScoredRun(made, { frames: 100, sum: visits, model: 'fine-tuned' })
  addScoredRun(made, { frames: 100, sum: visits })
  saveSettings(made, { activeModel: 'fine-tuned' })
  made.close()
  const client = loadPage(bench.start())
  const { project } = await openHeld(client, path)
  expect((await client.call('review.open', { project, tape: 1 }))?.run.id).toBe(1)
})

test('answers are kept, replaced and taken back, and every page hears of them', async () => {
  const path = bench.at('answers.maskbench')
  const made = scoredProject(path, 100)
  addScoredRun(made, { frames: 100, sum: visits })
  made.close()
  const client = loadPage(bench.start())
  const { project } = await openHeld(client, path)
  const heard: string[][] = []
  client.on('project.changed', ({ parts }) => heard.push(parts))
  const answer = (answers: { region: number; frame: number; occupied: boolean | null }[]) =>
    client.call('review.answer', { project, tape: 1, answers })
  const kept = async () => (await client.call('review.open', { project, tape: 1 }))?.answers
  await answer([
    { region: 1, frame: 3, occupied: true },
    { region: 2, frame: 3, occupied: false },
    { region: 1, frame: 50, occupied: true },
    { region: 1, frame: 50, occupied: false },
  ])
  expect(await kept()).toEqual([
    { region: 1, frame: 3, occupied: true },
    { region: 2, frame: 3, occupied: false },
    { region: 1, frame: 50, occupied: false },
  ])
  await answer([
    { region: 1, frame: 3, occupied: false },
    { region: 2, frame: 3, occupied: null },
  ])
  const now = [
    { region: 1, frame: 3, occupied: false },
    { region: 1, frame: 50, occupied: false },
  ]
  expect(await kept()).toEqual(now)
  const beyond = answer([
    { region: 1, frame: 4, occupied: true },
    { region: 1, frame: 100, occupied: true },
  ])
  expect((await rejection(beyond)).code).toBe('no-such-frame')
  const unknown = answer([
    { region: 1, frame: 4, occupied: true },
    { region: 9, frame: 4, occupied: true },
  ])
  expect((await rejection(unknown)).code).toBe('no-such-region')
  expect(await kept()).toEqual(now)
  expect(heard).toEqual([['answers'], ['answers']])
})

test('answers are about the place that a region had: where it is moved they are left out, until it is moved back', async () => {
  const path = bench.at('elsewhere.maskbench')
  const made = scoredProject(path, 100)
  addScoredRun(made, { frames: 100, sum: visits })
  made.close()
  const client = loadPage(bench.start())
  const { project } = await openHeld(client, path)
  const answers = [
    { region: 1, frame: 3, occupied: true },
    { region: 2, frame: 3, occupied: false },
  ]
  await client.call('review.answer', { project, tape: 1, answers })
  const seen = async (left: ReturnType<typeof column>) => {
    // Revisions and answers are told apart by the millisecond.
    await sleep(5)
    const regions = [
      { ...left, id: 1 },
      { ...column('right', 24, 48), id: 2 },
    ]
    await client.call('regions.set', { project, regions })
    const review = await client.call('review.open', { project, tape: 1 })
    const outdated = review?.regions.map((region) => region.outdated)
    return { outdated, answered: review?.answers.map(({ region }) => region) }
  }
  const [here, there] = [column('left', 0, 24), column('left', 0, 12)]
  expect(await seen({ ...here, colour: '#123456' })).toEqual({ outdated: [0, 0], answered: [1, 2] })
  expect(await seen(there)).toEqual({ outdated: [1, 0], answered: [2] })
  expect(await seen(here)).toEqual({ outdated: [0, 0], answered: [1, 2] })
  expect(await seen(there)).toEqual({ outdated: [1, 0], answered: [2] })
  const again = [{ region: 1, frame: 3, occupied: true }]
  await client.call('review.answer', { project, tape: 1, answers: again })
  expect(await seen(there)).toEqual({ outdated: [0, 0], answered: [1, 2] })
})

test('the rule and the thresholds of single regions are set together or not at all', async () => {
  const path = bench.at('rule.maskbench')
  const made = scoredProject(path, 100)
  addScoredRun(made, { frames: 100, sum: visits })
  made.close()
  const client = loadPage(bench.start())
  const { project } = await openHeld(client, path)
  const heard: string[][] = []
  client.on('project.changed', ({ parts }) => heard.push(parts))
  const rule = { threshold: 30, cut: 0.25, enter: 3, leave: 2 }
  const set = (wanted: typeof rule, id: number) =>
    client.call('review.setRule', {
      project,
      rule: wanted,
      regions: [
        { id: 1, threshold: 70 },
        { id, threshold: null },
      ],
    })
  await set(rule, 2)
  const review = await client.call('review.open', { project, tape: 1 })
  expect(review?.rule).toEqual(rule)
  expect(review?.regions.map(({ threshold }) => threshold)).toEqual([70, null])
  expect(heard).toEqual([['rule', 'regions']])
  expect((await rejection(set({ ...rule, cut: 0.33 }, 2))).code).toBe('bad-value')
  expect((await rejection(set({ ...rule, threshold: 99 }, 12))).code).toBe('no-such-region')
  expect((await client.call('review.open', { project, tape: 1 }))?.rule).toEqual(rule)
})

test('a region that is moved after the run has scores at once, marked approximate', async () => {
  const path = bench.at('moved.maskbench')
  const frames = 1100
  const made = scoredProject(path, frames)
  addScoredRun(made, { frames, sum: visits })
  made.close()
  const service = bench.start()
  const client = loadPage(service)
  const { project } = await openHeld(client, path)
  await client.call('regions.set', { project, regions: [column('left', 0, 12)] })
  const stages: string[] = []
  const review = await client.call(
    'review.open',
    { project, tape: 1 },
    { onProgress: ({ stage }) => stages.push(stage) },
  )
  const [region] = review?.regions ?? []
  expect(region).toMatchObject({ name: 'left', approximate: true })
  expect(stages).toContain('score regions')
  const scores = await readScores(service, { project, run: 1, region: region?.id ?? 0 })
  expect(scores.length).toBe(frames)
  // Every pixel of 12 x 32 is a person in the maps of frames that somebody is in.
  for (const [position, score] of scores.entries())
    expect(score).toBeCloseTo(visits(position, 0) > 0 ? 12 * 32 : 0, -1)
})

test('a second page reviews without writing', async () => {
  const path = bench.at('second.maskbench')
  const made = scoredProject(path, 600)
  addScoredRun(made, { frames: 600, sum: visits })
  made.close()
  const service = bench.start()
  await openHeld(loadPage(service), path, 'page-one')
  const second = loadPage(service)
  const { project, mode } = await openHeld(second, path, 'page-two')
  expect(mode).toBe('read')
  expect((await second.call('review.open', { project, tape: 1 }))?.run.done).toBe(600)
  expect(await second.call('review.doubts', { project, run: 1, limit: 5 })).toEqual([])
  const answers = [{ region: 1, frame: 3, occupied: true }]
  const rule = { threshold: 50, cut: 0.5, enter: 0, leave: 0 }
  const refused = [
    second.call('review.answer', { project, tape: 1, answers }),
    second.call('review.setRule', { project, rule, regions: [] }),
    second.call('review.export', { project, run: 1, format: 'csv', path: bench.at('x.csv') }),
  ]
  for (const call of refused) expect((await rejection(call)).code).toBe('read-only')
  expect((await second.call('review.open', { project, tape: 1 }))?.answers).toEqual([])
})

test('a run that was cancelled half way is reviewed as far as it goes', async () => {
  const path = bench.at('half.maskbench')
  const made = scoredProject(path, 1000)
  addScoredRun(made, { frames: 1000, done: 530, sum: visits })
  made.close()
  const service = bench.start()
  const client = loadPage(service)
  const { project } = await openHeld(client, path)
  const review = await client.call('review.open', { project, tape: 1 })
  expect(review?.run).toMatchObject({ frames: 1000, done: 530, state: 'cancelled' })
  expect((await readScores(service, { project, run: 1, region: 1 })).length).toBe(530)
  await client.call('regions.set', { project, regions: [column('left', 0, 12)] })
  const [moved] = (await client.call('review.open', { project, tape: 1 }))?.regions ?? []
  const scores = await readScores(service, { project, run: 1, region: moved?.id ?? 0 })
  expect(scores.length).toBe(530)
  expect(scores[520]).toBeGreaterThan(100)
})
