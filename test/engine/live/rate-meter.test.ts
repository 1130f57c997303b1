import { expect, test } from 'vitest'
import { BackOff } from '../../../src/engine/live/back-off.ts'
import { RateMeter } from '../../../src/engine/live/rate-meter.ts'

test('the rate is that of the last seconds', () => {
  const meter = new RateMeter()
  expect(meter.rate(0)).toBe(0)
  for (let i = 0; i <= 100; i++) meter.mark(i, i / 10)
  expect(meter.rate(10)).toBeCloseTo(10)
  for (let i = 1; i <= 100; i++) meter.mark(100 + i * 2, 10 + i / 10)
  expect(meter.rate(20)).toBeCloseTo(20)
})

test('the rate falls where nothing comes any more', () => {
  const meter = new RateMeter()
  for (let i = 0; i <= 40; i++) meter.mark(i, i / 10)
  expect(meter.rate(4)).toBeCloseTo(10)
  expect(meter.rate(9)).toBeCloseTo(5)
})

test('a camera that is lost again and again is tried less and less often', () => {
  const backOff = new BackOff()
  expect([0, 0, 0, 0, 0, 0, 0].map((there) => backOff.next(there))).toEqual([
    500, 1000, 2000, 4000, 8000, 15_000, 15_000,
  ])
  expect(backOff.next(60_000)).toBe(500)
})
