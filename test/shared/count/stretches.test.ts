import { describe, expect, test } from 'vitest'
import {
  occupiedPositions,
  occupiedStretches,
  toEvents,
  toFlags,
  union,
} from '../../../src/shared/count/stretches.ts'
import fc from '../../fixtures/fast-check.ts'

/** The definition on flags, one position at a time: runs of equal flags, as [flag, length]. */
function runsOf(flags: readonly boolean[]): [boolean, number][] {
  const runs: [boolean, number][] = []
  for (const flag of flags) {
    const last = runs.at(-1)
    if (last && last[0] === flag) last[1] += 1
    else runs.push([flag, 1])
  }
  return runs
}

const flatten = (runs: readonly [boolean, number][]): boolean[] =>
  runs.flatMap(([flag, length]) => new Array<boolean>(length).fill(flag))

function naive(
  sums: readonly number[],
  threshold: number,
  enter: number,
  leave: number,
): boolean[] {
  const raw = runsOf(sums.map((sum) => sum > threshold))
  const filled = raw.map(([flag, length], i): [boolean, number] => {
    const between = i > 0 && i < raw.length - 1
    return [flag || (between && length <= leave), length]
  })
  const kept = runsOf(flatten(filled))
  return flatten(kept.map(([flag, length]) => [flag && length >= enter, length]))
}

const sums = fc.array(fc.constantFrom(0, 1, 2), { maxLength: 60 })
const frames = fc.integer({ min: 0, max: 6 })

describe('occupied stretches', () => {
  test('are those of the definition: gaps filled first, then short stretches dropped', () => {
    fc.assert(
      fc.property(sums, frames, frames, (list, enter, leave) => {
        const stretches = occupiedStretches(Float64Array.from(list), { threshold: 1, enter, leave })
        const expected = naive(list, 1, enter, leave)
        expect([...toFlags(stretches, list.length)].map(Boolean)).toEqual(expected)
        expect(occupiedPositions(stretches)).toBe(expected.filter(Boolean).length)
      }),
      { numRuns: 2000, seed: 1 },
    )
  })

  test('are maximal: a free position lies between two events', () => {
    fc.assert(
      fc.property(sums, frames, frames, (list, enter, leave) => {
        const stretches = occupiedStretches(Float64Array.from(list), { threshold: 0, enter, leave })
        const events = toEvents(stretches)
        for (const [i, { first, last }] of events.entries()) {
          expect(last).toBeGreaterThanOrEqual(first)
          expect(first).toBeGreaterThan((events[i - 1]?.last ?? -2) + 1)
        }
      }),
      { seed: 2 },
    )
  })

  test('need a sum strictly greater than the threshold', () => {
    const rule = { threshold: 50, enter: 0, leave: 0 }
    expect(toEvents(occupiedStretches(Float64Array.of(50, 50.001, 50), rule))).toEqual([
      { first: 1, last: 1 },
    ])
  })
})

test('the union of stretches has the positions of any of them', () => {
  fc.assert(
    fc.property(fc.array(sums, { maxLength: 4 }), (lists) => {
      const rule = { threshold: 1, enter: 0, leave: 0 }
      const joined = union(lists.map((list) => occupiedStretches(Float64Array.from(list), rule)))
      const length = Math.max(0, ...lists.map((list) => list.length))
      const expected = Array.from({ length }, (_, at) => lists.some((list) => (list[at] ?? 0) > 1))
      expect([...toFlags(joined, length)].map(Boolean)).toEqual(expected)
      expect(occupiedPositions(joined)).toBe(expected.filter(Boolean).length)
    }),
    { seed: 3 },
  )
})
