import { expect, test } from 'vitest'
import { changesBetween, flippedStretches } from '../../../src/engine/review/changes.ts'
import { rejection } from '../../fixtures/caught.ts'
import { addScoredRun, scoredProject } from '../../fixtures/scored-project.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'
import { loadPage, openHeld, testBench } from '../../fixtures/workbench.ts'

const temporary = temporaryFolder()
const bench = testBench()

const flags = (text: string) => Uint8Array.from(text, (letter) => Number(letter === '1'))

test('stretches are as long as the answer flips the same way', () => {
  const frames = [0, 2, 4, 6, 8, 10, 12]
  const now = { frames, flags: flags('1110010') }
  const before = { frames, flags: flags('0001000') }
  expect(flippedStretches(7, now, before)).toEqual([
    { region: 7, first: 0, last: 4, occupied: true },
    { region: 7, first: 6, last: 6, occupied: false },
    { region: 7, first: 10, last: 10, occupied: true },
  ])
})

test('only frames that both runs have are compared', () => {
  const now = { frames: [1, 2, 3, 5, 8], flags: flags('11111') }
  const before = { frames: [0, 2, 4, 5, 6, 8, 9], flags: flags('1001100') }
  expect(flippedStretches(1, now, before)).toEqual([
    { region: 1, first: 2, last: 2, occupied: true },
    { region: 1, first: 8, last: 8, occupied: true },
  ])
  expect(flippedStretches(1, now, { frames: [], flags: flags('') })).toEqual([])
})

test('the rule in use decides what flipped, region by region', async () => {
  const project = scoredProject(temporary('two.maskbench'), 200)
  const before = addScoredRun(project, { frames: 200, done: 150, sum: () => 0 })
  const run = addScoredRun(project, {
    frames: 200,
    sum: (position, region) => (region === 1 && position >= 100 ? 60 : 0.5),
    model: 'fine-tuned',
  })
  const changes = await changesBetween(project, { run, before }, { keep: true }, {})
  expect(changes).toEqual([{ region: 2, first: 100, last: 149, occupied: true }])
  const back = await changesBetween(project, { run: before, before: run }, { keep: true }, {})
  expect(back).toEqual([{ region: 2, first: 100, last: 149, occupied: false }])
  project.close()
})

test('a page asks what changed since an earlier run', async () => {
  const path = bench.at('asked.maskbench')
  const made = scoredProject(path, 60)
  addScoredRun(made, { frames: 60, sum: () => 0 })
  addScoredRun(made, { frames: 60, sum: (position) => (position === 30 ? 90 : 0) })
  made.close()
  const client = loadPage(bench.start())
  const { project } = await openHeld(client, path)
  expect(await client.call('review.changes', { project, run: 2, before: 1 })).toEqual([
    { region: 1, first: 30, last: 30, occupied: true },
    { region: 2, first: 30, last: 30, occupied: true },
  ])
  const unknown = client.call('review.changes', { project, run: 2, before: 9 })
  expect((await rejection(unknown)).code).toBe('no-such-run')
})
