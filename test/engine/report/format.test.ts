import { describe, expect, test } from 'vitest'
import { duration, percent, tapeTime } from '../../../src/engine/report/format.ts'

/** Narrow no-break spaces stand between numbers and units. */
const plain = (text: string): string => text.replaceAll('\u202f', ' ')

describe('A share', () => {
  test.each([
    [0, '0 %'],
    [1, '100 %'],
    [0.5, '50 %'],
    [0.625, '63 %'],
    [0.0004, '<\u202f0.1 %'],
    [0.043, '4.3 %'],
    [0.993, '99.3 %'],
    [0.99996, '>\u202f99.9 %'],
    [null, '–'],
  ])('of %s is %s: only none is 0 %% and only all is 100 %%', (share, text) => {
    expect(plain(percent(share))).toBe(plain(text))
  })
})

describe('A duration', () => {
  test.each([
    [0.04, '0.04 s'],
    [2.31, '2.3 s'],
    [9.96, '10 s'],
    [59.6, '1 min'],
    [199, '3 min 19 s'],
    [3600, '1 h'],
    [15_135, '4 h 12 min'],
  ])('of %d s is %s', (seconds, text) => {
    expect(plain(duration(seconds))).toBe(text)
  })
})

describe('A time in the tape', () => {
  test.each([
    [0, '0:00'],
    [59.99, '0:59'],
    [3723, '1:02:03'],
  ])('of %d s is %s', (seconds, text) => {
    expect(tapeTime(seconds)).toBe(text)
  })
})
