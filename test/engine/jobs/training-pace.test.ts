import { describe, expect, test } from 'vitest'
import { TrainingPace } from '../../../src/engine/jobs/training-pace.ts'

const parts = [
  { name: 'trial', iterations: 100 },
  { name: 'final', iterations: 300 },
]

const iterations = (done: number, total: number) => {
  return { stage: 'train', unit: 'iterations', done, total, rate: 7, etaSeconds: 1 }
}
const frames = { stage: 'read', unit: 'frames', done: 3, total: 9, rate: 3, etaSeconds: 2 }

/** A training whose parts begin with so many seconds of preparation; it tells at a clock of its own. */
function timed() {
  let now = 0
  const pace = new TrainingPace(
    () => parts,
    () => now,
  )
  return {
    pace,
    told(seconds: number, done: number) {
      now += seconds
      return pace.whole(iterations(done, 100))
    },
    pass(seconds: number) {
      now += seconds
    },
  }
}

describe('the progress of a training', () => {
  test('counts the iterations of all parts, and says how long all will take', () => {
    const { pace, told } = timed()
    pace.begin('trial')
    expect(told(10, 1)).toMatchObject({ done: 1, total: 400, etaSeconds: 0 })
    // Two a second: 349 are left, and the last part has to be prepared, too.
    expect(told(25, 51)).toMatchObject({ done: 51, total: 400, rate: 2 })
    expect(told(0, 51).etaSeconds).toBeCloseTo(349 / 2 + 10)
  })

  test('goes on from part to part, also while frames are scored in between', () => {
    const { pace, told, pass } = timed()
    expect(pace.whole(frames)).toEqual({ ...frames, etaSeconds: 0 })
    pace.begin('trial')
    told(10, 1)
    told(49.5, 100)
    expect(pace.whole(frames)).toMatchObject({ done: 3, total: 9 })
    expect(pace.whole(frames).etaSeconds).toBeCloseTo(2 + 300 / 2 + 10)
    pace.begin('final')
    pass(10)
    const first = told(0, 1)
    expect(first).toMatchObject({ done: 101, total: 400 })
    expect(first.etaSeconds).toBeCloseTo(299 / 2)
    // Slower than the trial was.
    expect(told(100, 101).etaSeconds).toBeCloseTo(199)
  })

  test('does not take the steps of an earlier run for its own speed', () => {
    const { pace, told } = timed()
    pace.begin('trial')
    expect(told(5, 80).etaSeconds).toBe(0)
    expect(told(10, 90).etaSeconds).toBeCloseTo(10 + 300 + 5)
  })

  test('knows what is done where it goes on with the last part', () => {
    const { pace, told } = timed()
    pace.begin('final')
    expect(told(1, 200)).toMatchObject({ done: 300, total: 400 })
  })
})
