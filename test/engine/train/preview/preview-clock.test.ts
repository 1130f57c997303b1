import { describe, expect, test } from 'vitest'
import { PreviewClock } from '../../../../src/engine/train/preview/preview-clock.ts'

/** Iterations of a training that take a second each, and those after which it was looked at. */
async function looks(iterations: number, everySeconds: number, lookSeconds: number, from = 1) {
  let now = 0
  const clock = new PreviewClock({ everySeconds, iterations, now: () => now })
  const seen: number[] = []
  for (let iteration = from; iteration <= iterations; iteration++) {
    now += 1
    if (!clock.isDue(iteration)) continue
    await clock.time(iteration, async () => {
      now += lookSeconds
    })
    seen.push(iteration)
  }
  return { seen, now }
}

describe('the network that is trained is looked at', () => {
  test('ten times in a long training', async () => {
    const { seen } = await looks(200, 5, 0.1)
    expect(seen).toEqual([20, 40, 60, 80, 100, 120, 140, 160, 180, 200])
  })

  test('every five seconds in a short one', async () => {
    expect((await looks(20, 5, 0.125)).seen).toEqual([5, 10, 15, 20])
  })

  test('so seldom that looking takes less than a twentieth of the time', async () => {
    const { seen, now } = await looks(200, 5, 4)
    expect(seen.length).toBeGreaterThan(1)
    expect((seen.length - 1) * 4).toBeLessThan(now * 0.05)
  })

  test('as seldom in a training that goes on', async () => {
    expect((await looks(200, 5, 0.1, 95)).seen).toEqual([114, 134, 154, 174, 194])
  })
})
