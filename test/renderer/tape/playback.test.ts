import { describe, expect, it } from 'vitest'
import { frameAtTime, Playback } from '../../../src/renderer/src/tape/playback.ts'
import { clockText, parseTime, timeText } from '../../../src/renderer/src/tape/time-text.ts'

describe('time on a tape', () => {
  it('shows the last frame whose time has come, in tapes with gaps too', () => {
    const times = [0, 0.04, 0.08, 5, 5.04]
    expect([0, 0.039, 0.04, 4.9, 5, 99].map((at) => frameAtTime(times, at))).toEqual([
      0, 0, 1, 2, 3, 4,
    ])
    expect(frameAtTime([], 3)).toBe(0)
  })

  it('finds a frame of 810,000 at once', () => {
    const times = Float64Array.from({ length: 810_000 }, (_, frame) => frame / 25)
    expect(frameAtTime(times, 700_123 / 25)).toBe(700_123)
  })

  it('plays as fast as life, leaving frames out where drawing is slow', () => {
    const playback = new Playback([0, 0.04, 0.08, 0.12, 0.16])
    playback.start(1, 1000)
    expect(playback.frameAt(1010)).toEqual({ frame: 1, isEnd: false })
    expect(playback.frameAt(1085).frame).toBe(3)
    expect(playback.frameAt(9000)).toEqual({ frame: 4, isEnd: true })
  })

  it('writes and reads times', () => {
    expect([0, 61.5, 3723.0004, 59.9999].map(timeText)).toEqual([
      '0:00.000',
      '1:01.500',
      '1:02:03.000',
      '1:00.000',
    ])
    expect(['1:02:03.5', '2:03', '4,25', 'x', '1:-2'].map(parseTime)).toEqual([
      3723.5,
      123,
      4.25,
      null,
      null,
    ])
    expect(clockText('2026-03-01T23:59:58', 2.5)).toBe('2026-03-02 00:00:00')
  })
})
