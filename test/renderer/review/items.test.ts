import { describe, expect, it } from 'vitest'
import { answeredPositions } from '../../../src/renderer/src/review/items/answered.ts'
import {
  eventItems,
  isReviewed,
  unreviewedStretches,
} from '../../../src/renderer/src/review/items/events.ts'
import { changeItem, doubtItem } from '../../../src/renderer/src/review/items/item.ts'
import { leftToReview, nextOpen, openDoubts } from '../../../src/renderer/src/review/items/queue.ts'
import { scrollShowing, visibleRows } from '../../../src/renderer/src/review/items/virtual-list.ts'
import { occupiedStretches } from '../../../src/shared/count/stretches.ts'

const frames = Uint32Array.from({ length: 12 }, (_, position) => position * 2)
const sums = Float64Array.from([0, 60, 90, 70, 0, 0, 55, 0, 80, 80, 0, 0])
const stretches = occupiedStretches(sums, { threshold: 50, enter: 0, leave: 0 })

describe('events of a region', () => {
  const items = eventItems({ region: 7, sums, stretches, frames })

  it('are shown by the frame of their highest score', () => {
    expect(items.map(({ first, last, frame, peak }) => [first, last, frame, peak])).toEqual([
      [1, 3, 4, 90],
      [6, 6, 12, 55],
      [8, 9, 16, 80],
    ])
  })

  it('keep their key while their end moves with the threshold', () => {
    const lower = occupiedStretches(sums, { threshold: 65, enter: 0, leave: 0 })
    const others = eventItems({ region: 7, sums, stretches: lower, frames })
    expect(others.at(-1)?.key).toBe(items.at(-1)?.key)
  })

  it('are reviewed once any of their frames was answered', () => {
    expect(items.map((item) => isReviewed(item, [3, 7]))).toEqual([true, false, false])
    expect(unreviewedStretches(stretches, [3, 7])).toBe(2)
    expect(unreviewedStretches(stretches, [])).toBe(3)
    expect(unreviewedStretches(stretches, [2, 6, 8, 9])).toBe(0)
  })
})

describe('doubtful frames', () => {
  const doubts = [
    doubtItem({ region: 7, frame: 12, score: 55, why: 'threshold' }),
    doubtItem({ region: 7, frame: 14, score: 45, why: 'threshold' }),
    doubtItem({ region: 7, frame: 20, score: 0, why: 'difference' }),
  ]

  it('wait for an answer', () => {
    const open = openDoubts(doubts, (region, frame) => region === 7 && frame === 14)
    expect(open.map(({ frame }) => frame)).toEqual([12, 20])
  })

  it('are counted with the events, those within one only once', () => {
    const left = { stretches, frames, answered: [] }
    expect(leftToReview({ ...left, doubts })).toBe(3 + 2)
    expect(leftToReview({ ...left, answered: [6], doubts: doubts.slice(1) })).toBe(2 + 2)
  })

  it('are gone to in turn, round the end to the start', () => {
    const isOpen = (index: number) => index !== 2
    expect(nextOpen(4, -1, isOpen)).toBe(0)
    expect(nextOpen(4, 1, isOpen)).toBe(3)
    expect(nextOpen(4, 3, isOpen)).toBe(0)
    expect(nextOpen(3, 0, () => false)).toBe(-1)
    expect(nextOpen(0, -1, isOpen)).toBe(-1)
  })
})

describe('answers', () => {
  it('are found by position, in order; those of other frames are left out', () => {
    const answers = new Map([
      [8, true],
      [3, true],
      [2, false],
    ])
    expect(answeredPositions(answers, frames)).toEqual([
      { position: 1, occupied: false },
      { position: 4, occupied: true },
    ])
    expect(answeredPositions(undefined, frames)).toEqual([])
  })
})

it('shows the middle of a stretch that flipped', () => {
  const item = changeItem({ region: 1, first: 100, last: 111, occupied: true })
  expect(item).toMatchObject({ kind: 'change', frame: 105, key: 'change 1 100' })
})

describe('a long list', () => {
  it('has only the rows in sight, and a few more', () => {
    expect(visibleRows(0, 400, 80, 3000)).toEqual({ first: 0, end: 9 })
    expect(visibleRows(80_000, 400, 80, 3000)).toEqual({ first: 996, end: 1009 })
    expect(visibleRows(239_600, 400, 80, 3000)).toEqual({ first: 2991, end: 3000 })
    expect(visibleRows(5000, 400, 80, 3)).toEqual({ first: 3, end: 3 })
  })

  it('scrolls as little as it takes to show a row', () => {
    expect(scrollShowing(2, 0, 400, 80)).toBe(0)
    expect(scrollShowing(7, 0, 400, 80)).toBe(240)
    expect(scrollShowing(1, 400, 400, 80)).toBe(80)
  })
})
