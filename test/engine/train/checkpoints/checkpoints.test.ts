import { describe, expect, it } from 'vitest'
import { CheckpointClock } from '../../../../src/engine/train/checkpoints/checkpoints.ts'

describe('checkpoints', () => {
  it('are due every 30 s', async () => {
    let now = 100
    const clock = new CheckpointClock(() => now)
    now = 129
    expect(clock.isDue()).toBe(false)
    now = 130
    expect(clock.isDue()).toBe(true)
    await clock.time(async () => {
      now += 1
    })
    now += 29
    expect(clock.isDue()).toBe(false)
    now += 1
    expect(clock.isDue()).toBe(true)
  })

  it('are rarer where they take long: at most 5 % of the time', async () => {
    let now = 0
    const clock = new CheckpointClock(() => now)
    await clock.time(async () => {
      now += 4
    })
    now += 79
    expect(clock.isDue()).toBe(false)
    now += 1
    expect(clock.isDue()).toBe(true)
  })
})
