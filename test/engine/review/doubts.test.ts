import { afterEach, describe, expect, test } from 'vitest'
import type { Project } from '../../../src/engine/db/project.ts'
import { saveReviews } from '../../../src/engine/db/reviews.ts'
import type { Run } from '../../../src/engine/db/runs.ts'
import { type DoubtOptions, doubtsOf } from '../../../src/engine/review/doubts.ts'
import { seededNormal } from '../../../src/shared/count/random-table.ts'
import { addScoredRun, scoredProject } from '../../fixtures/scored-project.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()
const frames = 3000

/** Somebody is in the left region for 60 of every 300 frames, in the right one always elsewhere. */
const isThere = (position: number, region: number): boolean =>
  Math.floor(position / 60) % 5 === 2 * region

/** Sure of itself: far from the threshold, which is 50. */
function sureSums(): (position: number, region: number) => number {
  const normal = seededNormal(3)
  return (position, region) =>
    isThere(position, region) ? Math.exp(6 + 0.2 * normal()) : 0.05 * Math.abs(normal())
}

/** A tape on which light wanders, with a person's pixels where somebody is. */
function differences(): (position: number, region: number) => number {
  const normal = seededNormal(4)
  return (position, region) => {
    const light = 20 + 15 * Math.sin(position / 500)
    return Math.max(0, light + 3 * normal()) + (isThere(position, region) ? 300 : 0)
  }
}

const ask = (project: Project, run: Run, options: Partial<DoubtOptions> = {}) =>
  doubtsOf(project, run, { limit: 1000, keep: true, ...options }, {})

const open: Project[] = []
afterEach(() => {
  for (const made of open.splice(0)) made.close()
})

function project(name: string): Project {
  const made = scoredProject(temporary(`${name}.maskbench`), frames)
  open.push(made)
  return made
}

describe('The queue of doubtful frames', () => {
  test('is empty where nothing is doubtful', async () => {
    const made = project('sure')
    const run = addScoredRun(made, { frames, sum: sureSums(), changed: differences() })
    expect(await ask(made, run)).toEqual([])
  })

  test('begins with the wrong frames, whatever gives them away', async () => {
    const made = project('injected')
    const sums = sureSums()
    const changed = differences()
    // Missed for a while within a visit, and a coat that is taken for somebody.
    const missed = (position: number) => position >= 920 && position < 950
    const coat = (position: number) => position >= 1520 && position < 1550
    const wrong = (position: number, region: number): boolean =>
      (region === 0 && (missed(position) || position === 30)) ||
      (region === 1 && (coat(position) || position === 2000))
    const run = addScoredRun(made, {
      frames,
      changed,
      sum(position, region) {
        const sum = sums(position, region)
        if (!wrong(position, region)) return sum
        return isThere(position, region) ? 0.2 : 400
      },
    })
    const doubts = await ask(made, run)
    const right = doubts.findIndex(({ region, frame }) => !wrong(frame, region - 1))
    const found = right < 0 ? doubts : doubts.slice(0, right)
    expect(found.map(({ region, frame, why }) => [region, frame, why])).toEqual(
      expect.arrayContaining([
        [1, 30, 'difference'],
        [2, 2000, 'flicker'],
        [1, expect.toSatisfy(missed), 'difference'],
        [2, expect.toSatisfy(coat), 'difference'],
      ]),
    )
  })

  test('knows nothing of the background in runs that have not looked', async () => {
    const made = project('without')
    const run = addScoredRun(made, { frames, sum: () => 0 })
    expect(await ask(made, run)).toEqual([])
    const later = addScoredRun(made, { frames, sum: () => 0, changed: differences() })
    const doubts = await ask(made, later)
    expect(doubts.length).toBeGreaterThan(20)
    expect(new Set(doubts.map(({ why }) => why))).toEqual(new Set(['difference']))
    for (const { frame, region } of doubts) expect(isThere(frame, region - 1)).toBe(true)
  })

  test('leaves alone somebody who is part of the background', async () => {
    const made = project('sitting')
    const run = addScoredRun(made, {
      frames,
      sum: (position) => (position < 2000 ? 400 : 0),
      changed: (position) => (position < 2000 ? 2 : 300),
    })
    expect(await ask(made, run)).toEqual([])
  })

  test('orders frames near the threshold by ratio, the closest first, a second apart', async () => {
    const made = project('near')
    // From the threshold up to a factor of 30, which is reached at 1500.
    const run = addScoredRun(made, {
      frames,
      sum: (position, region) => (region === 0 ? 50 + position : 0),
    })
    const doubts = await ask(made, run, { limit: 5 })
    expect(doubts.map(({ frame, why }) => [frame, why])).toEqual([
      [0, 'threshold'],
      ...[15, 30, 45, 60].map((frame) => [frame, 'threshold']),
    ])
    expect(await ask(made, run, { limit: 1 })).toEqual(doubts.slice(0, 1))
  })

  test('holds no frame that was answered, and none close to one', async () => {
    const made = project('answered')
    const blip = (position: number) => position === 500 || position === 900
    const run = addScoredRun(made, {
      frames,
      sum: (position, region) => (region === 0 && blip(position) ? 400 : 0),
    })
    expect((await ask(made, run)).map(({ frame }) => frame)).toEqual([500, 900])
    saveReviews(made, [{ source: 1, frame: 503, region: 1, occupied: false }])
    expect((await ask(made, run)).map(({ frame }) => frame)).toEqual([900])
    saveReviews(made, [{ source: 1, frame: 900, region: 2, occupied: false }])
    expect((await ask(made, run)).map(({ frame }) => frame)).toEqual([900])
  })
})
