import { describe, expect, it } from 'vitest'
import { ago, bytes, count, duration, number } from '../../src/renderer/src/format.ts'

describe('numbers as people read them', () => {
  it('have separators, and one thing is singular', () => {
    expect([count(0, 'frame'), count(1, 'frame'), count(13_500, 'frame')]).toEqual([
      '0 frames',
      '1 frame',
      '13,500 frames',
    ])
  })
})

describe('amounts', () => {
  it.each([
    [0, '0 bytes'],
    [812, '812 bytes'],
    [2_400_000, '2.4 MB'],
    [12_400_000_000, '12 GB'],
    [5e15, '5,000 TB'],
  ])('of %d bytes are "%s"', (value, text) => {
    expect(bytes(value)).toBe(text)
  })

  it.each([
    [0, '1 s'],
    [59.4, '59 s'],
    [59.6, '1 min'],
    [200, '3 min 20 s'],
    [7500, '2 h 5 min'],
    [7200, '2 h'],
  ])('of %d seconds are "%s"', (value, text) => {
    expect(duration(value)).toBe(text)
  })

  it('have a decimal only below ten', () => {
    expect([number(2.44), number(12.6), number(13_500)]).toEqual(['2.4', '13', '13,500'])
  })
})

describe('the time since', () => {
  const now = new Date('2026-03-15T12:00:00Z')
  it.each([
    ['2026-03-15T11:59:01Z', 'just now'],
    ['2026-03-15T12:30:00Z', 'just now'],
    ['2026-03-15T11:59:00Z', '1 minute ago'],
    ['2026-03-15T11:00:30Z', '59 minutes ago'],
    ['2026-03-15T09:00:00Z', '3 hours ago'],
    ['2026-03-14T09:00:00Z', 'yesterday'],
    ['2026-03-09T09:00:00Z', '6 days ago'],
    ['2026-03-01T09:00:00Z', '2 weeks ago'],
    ['2025-12-15T12:00:00Z', '3 months ago'],
    ['2024-01-01T00:00:00Z', '2 years ago'],
  ])('%s is "%s"', (time, text) => {
    expect(ago(new Date(time), now)).toBe(text)
  })
})
