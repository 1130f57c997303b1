import { describe, expect, it } from 'vitest'
import { CaptureClock } from '../../../../src/engine/media/live/capture-clock.ts'

describe('the clock of captures', () => {
  it('takes what came the quickest for no delay, and tells that of the others', () => {
    const clock = new CaptureClock()
    clock.arrive(10, 1000.4)
    clock.arrive(10.1, 1000.2)
    clock.arrive(10.2, 1000.9)
    expect(clock.captured(10.2)).toBeCloseTo(1000.3, 3)
    expect(clock.captured(10)).toBeCloseTo(1000.1, 3)
  })

  it('does not take a camera whose clock is a little slow for one that falls behind', () => {
    const clock = new CaptureClock()
    for (let second = 0; second < 3600; second++) clock.arrive(second * (1 - 1e-4), second)
    expect(3599 - clock.captured(3599 * (1 - 1e-4))).toBeLessThan(0.02)
  })

  it('tells that frames wait longer and longer', () => {
    const clock = new CaptureClock()
    for (let second = 0; second < 20; second++) clock.arrive(second, second * 1.25)
    expect(19 * 1.25 - clock.captured(19)).toBeGreaterThan(4)
  })

  it('begins anew where the stamps do', () => {
    const clock = new CaptureClock()
    clock.arrive(500, 1000)
    clock.arrive(500.1, 1000.1)
    clock.arrive(0, 1002)
    expect(clock.captured(0)).toBe(1002)
  })
})
