import { describe, expect, test } from 'vitest'
import { parseStartTime } from '../../../src/shared/count/clock.ts'
import {
  countPerPeriod,
  hourPeriods,
  shiftPeriods,
  shiftsSchema,
} from '../../../src/shared/count/periods.ts'
import { caught } from '../../fixtures/caught.ts'

/** One frame every so many seconds. */
const every = (seconds: number, frames: number) =>
  Float64Array.from({ length: frames }, (_, frame) => frame * seconds)

describe('hours', () => {
  test('are those of the clock on the wall, whatever its offset', () => {
    const periods = hourPeriods({ seconds: every(600, 9), startTime: '2024-12-31T22:40:00+05:30' })
    expect(periods).toEqual([
      { start: '2024-12-31T22:00:00+05:30', end: '2024-12-31T23:00:00+05:30', from: 0, to: 2 },
      { start: '2024-12-31T23:00:00+05:30', end: '2025-01-01T00:00:00+05:30', from: 2, to: 8 },
      { start: '2025-01-01T00:00:00+05:30', end: '2025-01-01T01:00:00+05:30', from: 8, to: 9 },
    ])
  })

  test('count from the beginning of a tape without a start time', () => {
    const periods = hourPeriods({ seconds: every(1800, 4), startTime: null })
    expect(periods.map(({ start, from, to }) => [start, from, to])).toEqual([
      ['00:00:00', 0, 2],
      ['01:00:00', 2, 4],
    ])
  })

  test('without frames are left out, as in a list of frames with a gap', () => {
    const seconds = Float64Array.of(0, 10, 3 * 3600)
    const periods = hourPeriods({ seconds, startTime: '2024-05-01T06:59:55' })
    expect(periods.map(({ start, from, to }) => [start, from, to])).toEqual([
      ['2024-05-01T06:00:00', 0, 1],
      ['2024-05-01T07:00:00', 1, 2],
      ['2024-05-01T09:00:00', 2, 3],
    ])
  })
})

describe('shifts', () => {
  test('begin at 6, 14 and 22 o’clock; the night goes on over midnight', () => {
    const periods = shiftPeriods({ seconds: every(3600, 24), startTime: '2024-05-01T04:00:00Z' })
    expect(periods).toEqual([
      { start: '2024-04-30T22:00:00Z', end: '2024-05-01T06:00:00Z', from: 0, to: 2 },
      { start: '2024-05-01T06:00:00Z', end: '2024-05-01T14:00:00Z', from: 2, to: 10 },
      { start: '2024-05-01T14:00:00Z', end: '2024-05-01T22:00:00Z', from: 10, to: 18 },
      { start: '2024-05-01T22:00:00Z', end: '2024-05-02T06:00:00Z', from: 18, to: 24 },
    ])
  })

  test('are those the project has: one a day begins and ends at the same time', () => {
    const times = { seconds: every(3600, 3), startTime: '2024-05-01T06:00' }
    expect(shiftPeriods(times, ['07:30'])).toEqual([
      { start: '2024-04-30T07:30:00', end: '2024-05-01T07:30:00', from: 0, to: 2 },
      { start: '2024-05-01T07:30:00', end: '2024-05-02T07:30:00', from: 2, to: 3 },
    ])
  })

  test.each([[['25:00']], [['14:00', '06:00']], [['06:00', '06:00']], [[]], [['6:00']]])(
    'cannot be %j',
    (shifts) => {
      expect(shiftsSchema.safeParse(shifts).success).toBe(false)
    },
  )
})

test('counts per period add up; an event belongs to the period in which it begins', () => {
  const periods = hourPeriods({ seconds: every(600, 18), startTime: '2024-05-01T06:00' })
  const stretches = Uint32Array.of(0, 1, 4, 7, 10, 10, 12, 17)
  const counts = countPerPeriod({ stretches }, periods)
  expect(counts.map(({ frames, occupied, events }) => [frames, occupied, events])).toEqual([
    [6, 4, 2],
    [6, 3, 1],
    [6, 6, 1],
  ])
  expect(counts.map(({ share }) => share)).toEqual([4 / 6, 3 / 6, 1])
})

describe('a start time', () => {
  test.each([
    ['2024-05-01T06:00:00.250+02:00', Date.UTC(2024, 4, 1, 6) + 250, '+02:00'],
    ['2024-05-01 06:00', Date.UTC(2024, 4, 1, 6), ''],
    ['2024-02-29T23:59:59Z', Date.UTC(2024, 1, 29, 23, 59, 59), 'Z'],
  ])('can be %s', (text, startMs, offset) => {
    expect(parseStartTime(text)).toEqual({ startMs, offset })
  })

  test.each([
    '',
    'yesterday',
    '2023-02-29T06:00',
    '2024-05-01T24:00',
    '2024-05-01T06:60',
    '2024-05-01',
  ])('cannot be %j', (text) => {
    expect(caught(() => parseStartTime(text))).toMatchObject({ code: 'bad-value' })
  })
})
