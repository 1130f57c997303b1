import { beforeEach, describe, expect, it } from 'vitest'
import { trialChanges, trialEffects } from '../../../src/renderer/src/review/numbers/trial.ts'
import { Recount, type Rules } from '../../../src/renderer/src/review/state/recount.ts'
import { countRun } from '../../../src/shared/count/count.ts'

const positions = 1000

const regions = [0, 1, 2].map((phase) => ({
  name: `Region ${phase}`,
  sums: Float64Array.from({ length: positions }, (_, i) => (Math.sin(i * 0.05 + phase) + 1) * 100),
  group: phase < 2 ? 'both' : null,
}))

const kept: Rules = {
  rule: { threshold: 50, cut: 0.5, enter: 0, leave: 0 },
  thresholds: [null, null, 80],
}

/** What is to be done in the next animation frame. */
let frames: (() => void)[]
let clock: number
let recount: Recount

beforeEach(() => {
  frames = []
  clock = 0
  recount = new Recount({
    schedule: (work) => frames.push(work),
    // Every look at the clock is a millisecond later.
    now: () => clock++,
    budgetMs: 2,
  })
  recount.setRegions(regions, kept)
})

function nextFrame(): void {
  for (const work of frames.splice(0)) work()
}

function settle(): void {
  while (frames.length > 0) nextFrame()
}

const occupied = (): number[] => recount.get().counts.map((count) => count.occupied)

function expected(threshold: number, own = 80): number[] {
  const thresholds = [null, null, own]
  return countRun(
    regions.map((region, i) => ({ ...region, threshold: thresholds[i] ?? null })),
    { ...kept.rule, threshold },
  ).map((count) => count.occupied)
}

describe('dragging a threshold', () => {
  it('counts as the engine does, with the groups', () => {
    expect(occupied()).toEqual(expected(50))
    expect(recount.get().groups.get('both')?.occupied).toBeGreaterThan(occupied()[0] ?? 0)
  })

  it('moves the project’s threshold for every region that has none of its own', () => {
    recount.tryThreshold(0, 120)
    expect(recount.get().tried.rule.threshold).toBe(120)
    settle()
    expect(occupied()).toEqual(expected(120))
    expect(recount.get().isSettled).toBe(true)
  })

  it('moves a region’s own threshold alone', () => {
    const before = recount.get().counts
    recount.tryThreshold(2, 150)
    settle()
    const { counts, tried } = recount.get()
    expect(tried).toEqual({ ...kept, thresholds: [null, null, 150] })
    expect(occupied()).toEqual(expected(50, 150))
    // The others were not counted again.
    expect([counts[0] === before[0], counts[1] === before[1]]).toEqual([true, true])
  })

  it('counts once a frame, with the last threshold, whatever happens in between', () => {
    for (let threshold = 51; threshold <= 90; threshold++) recount.tryThreshold(0, threshold)
    expect(frames).toHaveLength(1)
    settle()
    expect(occupied()).toEqual(expected(90))
  })

  it('counts the region under the hand first, the others as time allows', () => {
    recount.tryThreshold(1, 120)
    clock = 0
    nextFrame()
    expect(occupied()[1]).toBe(expected(120)[1])
    expect(recount.get().isSettled).toBe(true)
    recount = new Recount({ schedule: (work) => frames.push(work), now: () => (clock += 10) })
    recount.setRegions(regions, kept)
    recount.tryThreshold(1, 120)
    nextFrame()
    expect(occupied()[1]).toBe(expected(120)[1])
    expect(occupied()[0]).toBe(expected(50)[0])
    expect(recount.get().isSettled).toBe(false)
    nextFrame()
    expect(occupied()).toEqual(expected(120))
    expect(recount.get().isSettled).toBe(true)
  })
})

describe('trying', () => {
  it('is over when it is taken back', () => {
    recount.tryRule({ enter: 5, leave: 10 })
    expect(recount.isTrying).toBe(true)
    recount.takeBack()
    settle()
    expect(recount.isTrying).toBe(false)
    expect(occupied()).toEqual(expected(50))
  })

  it('stays when the engine tells the same run again, and ends when it is kept', () => {
    recount.tryThreshold(0, 120)
    settle()
    recount.setRegions(regions, kept)
    settle()
    expect(recount.isTrying).toBe(true)
    expect(occupied()).toEqual(expected(120))
    recount.markKept(recount.get().tried)
    expect(recount.isTrying).toBe(false)
    expect(recount.get().before.map((count) => count.occupied)).toEqual(expected(120))
  })

  it('begins at the project’s threshold where a region gets one of its own', () => {
    recount.tryOwn(0, 50)
    settle()
    expect(occupied()).toEqual(expected(50))
    expect(trialChanges(recount.get(), regions)).toEqual(['Region 0: own threshold 50 px'])
    expect(trialEffects(recount.get(), regions)).toEqual([])
  })

  it('says what it changes', () => {
    recount.tryRule({ threshold: 120, leave: 200 })
    recount.tryOwn(2, null)
    settle()
    expect(trialChanges(recount.get(), regions)).toEqual([
      'threshold 50 px → 120 px',
      'leave 0 → 200 frames',
      'Region 2: the project’s threshold',
    ])
    const [effect] = trialEffects(recount.get(), regions)
    expect(effect?.name).toBe('Region 0')
    expect(effect?.events).toMatch(/^\d+ → 1 events$/)
  })
})
