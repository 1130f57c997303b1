import { expect, test } from 'vitest'
import type { WorkbenchService } from '../../../src/engine/handlers.ts'
import { byteAddress } from '../../../src/shared/byte-routes.ts'
import { countRun } from '../../../src/shared/count/count.ts'
import { addScoredRun, scoredProject } from '../../fixtures/scored-project.ts'
import { loadPage, openHeld, testBench } from '../../fixtures/workbench.ts'

const bench = testBench()

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

test('three thousand events in a region are reviewed like three', async () => {
  const path = bench.at('busy.maskbench')
  const frames = 12_000
  const made = scoredProject(path, frames)
  addScoredRun(made, {
    frames,
    sum: (position, region) => (region === 0 && position % 4 < 2 ? 400 : 0),
  })
  made.close()
  const service = bench.start()
  const client = loadPage(service)
  const { project } = await openHeld(client, path)
  const review = await client.call('review.open', { project, tape: 1 })
  const sums = await readScores(service, { project, run: 1, region: 1 })
  const rule = review?.rule ?? { threshold: 0, cut: 0, enter: 0, leave: 0 }
  const [count] = countRun([{ sums, threshold: null, group: null }], rule)
  expect(count?.stretches.length).toBe(2 * 3000)
  // Two frames on, two frames off is flicker all along, apart by a second of 15 frames.
  const doubts = await client.call('review.doubts', { project, run: 1, limit: 5000 })
  expect(doubts.length).toBeGreaterThan(frames / 30)
  expect(new Set(doubts.map(({ why }) => why))).toEqual(new Set(['flicker']))
  const answers = Array.from({ length: frames }, (_, frame) => ({
    ...{ region: 1, frame },
    occupied: frame % 4 < 2,
  }))
  await client.call('review.answer', { project, tape: 1, answers })
  expect((await client.call('review.open', { project, tape: 1 }))?.answers.length).toBe(frames)
  expect(await client.call('review.doubts', { project, run: 1, limit: 5000 })).toEqual([])
})
