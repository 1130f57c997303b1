import { describe, expect, it } from 'vitest'
import { ago, count } from '../../src/renderer/src/format.ts'

describe('numbers as people read them', () => {
  it('have separators, and one thing is singular', () => {
    expect([count(0, 'frame'), count(1, 'frame'), count(13_500, 'frame')]).toEqual([
      '0 frames',
      '1 frame',
      '13,500 frames',
    ])
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
