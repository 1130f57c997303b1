import { describe, expect, it } from 'vitest'
import {
  createSchedule,
  type ScheduleOptions,
} from '../../../../src/engine/train/optimisers/schedules.ts'
import { caught } from '../../../fixtures/caught.ts'
import { largestDifference } from '../../../fixtures/difference.ts'
import { goldenOptim, goldenSchedules } from '../../../fixtures/golden-optim.ts'
import { describeWithShared } from '../../../fixtures/shared.ts'

const factors = (at: (i: number) => { factor: number }, count: number) =>
  Array.from({ length: count }, (_, i) => at(i).factor)

describeWithShared("The schedules of PyTorch's goldens", () => {
  const { schedules } = goldenOptim()

  it('are all known', () => {
    expect(schedules.map(({ name }) => name).toSorted()).toEqual(
      Object.keys(goldenSchedules).toSorted(),
    )
  })

  it.each(schedules)('$name agrees in every step', ({ name, base, steps, lr, momentum }) => {
    const { options, length, warmUp } = goldenSchedules[name] ?? expect.unreachable()
    const at = createSchedule(options, length, warmUp)
    const rates = factors(at, steps).map((factor) => base * factor)
    expect(largestDifference(rates, lr)).toBeLessThan(1e-14)
    const moved = Array.from({ length: steps }, (_, i) => at(i).momentum ?? Number.NaN)
    if (momentum) expect(largestDifference(moved, momentum)).toBeLessThan(1e-14)
    else expect(moved.every(Number.isNaN)).toBe(true)
  })
})

describe('A schedule', () => {
  it('stays at 1 when it is constant', () => {
    expect(factors(createSchedule({ kind: 'constant' }, 3), 3)).toEqual([1, 1, 1])
  })

  it('goes to nearly 0 in its last iteration, whatever its length', () => {
    const kinds: ScheduleOptions[] = [{ kind: 'cosine' }, { kind: 'poly' }, { kind: 'one-cycle' }]
    for (const options of kinds)
      for (const length of [50, 500]) {
        const all = factors(createSchedule(options, length), length)
        expect(Math.max(...all)).toBeGreaterThan(0.99)
        expect(all.at(-1)).toBeLessThan(0.03)
        expect(Math.min(...all)).toBeGreaterThanOrEqual(0)
      }
  })

  it('of a single iteration is a number', () => {
    const kinds: ScheduleOptions[] = [{ kind: 'cosine' }, { kind: 'poly' }, { kind: 'one-cycle' }]
    for (const options of kinds)
      expect(createSchedule(options, 1)(0).factor).toSatisfy(Number.isFinite)
  })

  it('rises in equal steps through a warm-up and begins where that ends', () => {
    const at = createSchedule({ kind: 'cosine' }, 13, { iterations: 3 })
    expect(largestDifference(factors(at, 4), [1 / 3, 5 / 9, 7 / 9, 1])).toBeLessThan(1e-15)
  })

  it('cannot have a warm-up as long as itself', () => {
    const { code } = caught(() => createSchedule({ kind: 'cosine' }, 3, { iterations: 3 }))
    expect(code).toBe('bad-value')
  })
})
