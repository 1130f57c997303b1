import { describe, expect, test } from 'vitest'
import { measuredSeconds, ticks, timeAxis, timeText } from '../../../src/engine/report/time-axis.ts'
import { bars, binShares, isBinned } from '../../../src/engine/report/timeline.ts'
import { frameSpans } from '../../../src/shared/count/frame-spans.ts'
import fc from '../../fixtures/fast-check.ts'

const tenPerSecond = (frames: number): number[] => Array.from({ length: frames }, (_, i) => i / 10)

describe('The stretch that a frame stands for', () => {
  test('lasts until the next frame', () => {
    expect([...frameSpans([0, 0.1, 0.25, 0.35], 10).to].slice(0, 3)).toEqual([0.1, 0.25, 0.35])
  })

  test('is a typical interval at the end and where frames are left out', () => {
    const { to } = frameSpans([0, 1, 2, 50, 51], 1)
    expect([...to]).toEqual([1, 2, 3, 51, 52])
  })

  test('of a single frame follows from the frame rate', () => {
    expect([...frameSpans([3], 25).to]).toEqual([3.04])
  })
})

describe('The bins of a strip', () => {
  test('together hold exactly the occupied time, however frames and bins fall', () => {
    const times = fc.array(fc.double({ min: 0.01, max: 5, noNaN: true }), {
      minLength: 1,
      maxLength: 80,
    })
    fc.assert(
      fc.property(
        times,
        fc.integer({ min: 1, max: 50 }),
        fc.func(fc.boolean()),
        (steps, bins, set) => {
          const seconds = steps.map((_, i) => steps.slice(0, i).reduce((a, b) => a + b, 0))
          const axis = timeAxis(seconds, 10, null)
          const flags = seconds.map((_, i) => Number(set(i)))
          const all = binShares(
            axis,
            seconds.map(() => 1),
            bins,
          )
          const shares = binShares(axis, flags, bins)
          for (const [bin, share] of shares.entries()) {
            expect(Number.isNaN(share)).toBe(Number.isNaN(all[bin]))
            if (!Number.isNaN(share)) expect(share).toBeGreaterThanOrEqual(0)
          }
          if (all.some(Number.isNaN) || measuredSeconds(axis) < axis.end - axis.start - 1e-9) return
          const occupied = flags.reduce(
            (sum, flag, i) => sum + flag * ((axis.to[i] ?? 0) - (axis.from[i] ?? 0)),
            0,
          )
          const inBins =
            shares.reduce((sum, share) => sum + share, 0) * ((axis.end - axis.start) / bins)
          expect(inBins).toBeCloseTo(occupied, 6)
        },
      ),
    )
  })

  test('are empty where nothing was measured', () => {
    const axis = timeAxis([0, 1, 8, 9], 1, null)
    expect([...binShares(axis, [1, 1, 1, 1], 5)]).toEqual([
      1,
      Number.NaN,
      Number.NaN,
      Number.NaN,
      1,
    ])
  })

  test('are drawn only where there are more frames than room', () => {
    expect(isBinned(timeAxis(tenPerSecond(1200), 10, null))).toBe(false)
    expect(isBinned(timeAxis(tenPerSecond(1201), 10, null))).toBe(true)
  })

  test('show a single occupied frame among a million', () => {
    const axis = timeAxis(tenPerSecond(1_000_000), 10, null)
    const flags = new Uint8Array(1_000_000)
    flags[500_000] = 1
    expect(bars(axis, flags, '#000000').text).toMatch(/fill="#000000" d="M300 24v-3h1v3z"/)
  })

  test('give way to whole stretches where every frame has room', () => {
    const axis = timeAxis(tenPerSecond(600), 10, null)
    const flags = Uint8Array.from({ length: 600 }, (_, i) => (i >= 100 && i < 150 ? 1 : 0))
    expect(bars(axis, flags, '#000000').text).toContain('d="M100.00 0h50.00v24h-50.00z"')
  })
})

describe('Ticks', () => {
  test('stand at round times of the clock, not of the tape', () => {
    const axis = timeAxis(tenPerSecond(36_000), 10, '2026-01-31T05:50:00')
    const [first, ...rest] = ticks(axis, 12)
    expect(first?.label).toBe('05:50')
    expect(rest.map(({ label }) => label)).toEqual([
      ...['05:55', '06:00', '06:05', '06:10', '06:15', '06:20'],
      ...['06:25', '06:30', '06:35', '06:40', '06:45', '06:50'],
    ])
    expect(rest[1]?.share).toBeCloseTo(1 / 6, 9)
  })

  test('name the day at midnight', () => {
    const axis = timeAxis(tenPerSecond(10 * 86_400), 10, '2026-01-31T18:00:00')
    expect(ticks(axis, 6).map(({ label }) => label)).toContain('1 Feb')
  })

  test('are times of the tape where the clock is unknown', () => {
    const axis = timeAxis(tenPerSecond(12_000), 10, null)
    expect(ticks(axis, 5).map(({ label }) => label)).toEqual([
      '0:00',
      '5:00',
      '10:00',
      '15:00',
      '20:00',
    ])
    expect(timeText(axis, 61.9)).toBe('1:01')
  })

  test('are never too many, whatever the length', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4_000_000 }),
        fc.integer({ min: 2, max: 12 }),
        (length, most) => {
          const axis = timeAxis([0, length / 2], 1, '2026-03-01T00:00:07')
          const marks = ticks(axis, most)
          expect(marks.length).toBeLessThanOrEqual(most + 1)
          for (const { share } of marks) expect(share).toBeLessThanOrEqual(1 + 1e-9)
        },
      ),
    )
  })
})
