import { expect, test } from 'vitest'
import { framesAhead } from '../../../src/engine/compute/frames-ahead.ts'

const view = (kept: readonly number[], direction = 1) => ({
  centre: 10,
  direction,
  window: { first: 6, end: 13 },
  isKept: (frame: number) => kept.includes(frame),
})

test('what lies ahead of the last step comes first, each side in ascending order', () => {
  expect(framesAhead(view([10]), 100)).toEqual([11, 12, 6, 7, 8, 9])
  expect(framesAhead(view([10], -1), 100)).toEqual([6, 7, 8, 9, 11, 12])
})

test('nothing is fetched backward before half of what is there has been used', () => {
  expect(framesAhead(view([8, 9, 10, 11, 12]), 100)).toEqual([])
  expect(framesAhead(view([9, 10, 11, 12]), 100)).toEqual([6, 7, 8])
})

test('a tape ends', () => {
  expect(framesAhead({ ...view([10]), window: { first: -3, end: 13 } }, 12)).toEqual([
    11, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
  ])
})
