import { describe, expect, test } from 'vitest'
import { cheapestCut, type Keepable } from '../../../../src/engine/train/graph/cheapest-cut.ts'
import fc from '../../../fixtures/fast-check.ts'

/** Whether everything needed follows from what is kept. */
function suffices(
  values: readonly Keepable[],
  kept: ReadonlySet<string>,
  needed: string[],
): boolean {
  const known = new Set(kept)
  for (const { name, from } of values) if (from?.every((other) => known.has(other))) known.add(name)
  return needed.every((name) => known.has(name))
}

/** The cost of the cheapest choice, by trying all. */
function leastCost(values: readonly Keepable[], needed: string[]): number {
  let least = Number.POSITIVE_INFINITY
  for (let choice = 0; choice < 2 ** values.length; choice++) {
    const chosen = values.filter((_, i) => (choice >> i) & 1)
    const cost = chosen.reduce((sum, value) => sum + value.cost, 0)
    const names = new Set(chosen.map(({ name }) => name))
    if (cost < least && suffices(values, names, needed)) least = cost
  }
  return least
}

const valuesOf = fc
  .array(
    fc.record({
      cost: fc.integer({ min: 1, max: 9 }),
      from: fc.option(fc.array(fc.nat(), { minLength: 1, maxLength: 3 })),
    }),
    { minLength: 1, maxLength: 9 },
  )
  .map((list) =>
    list.map(({ cost, from }, i): Keepable => {
      const earlier = i === 0 ? null : from
      const names = earlier && [...new Set(earlier.map((other) => `v${other % i}`))]
      return { name: `v${i}`, cost, from: names }
    }),
  )

describe('The cheapest cut', () => {
  test('suffices and costs what the best of all choices costs', () => {
    fc.assert(
      fc.property(valuesOf, fc.array(fc.nat(), { minLength: 1, maxLength: 3 }), (values, picks) => {
        const needed = picks.map((pick) => `v${pick % values.length}`)
        const kept = cheapestCut(values, needed)
        const cost = values
          .filter(({ name }) => kept.has(name))
          .reduce((sum, value) => sum + value.cost, 0)
        expect(suffices(values, kept, needed)).toBe(true)
        expect(cost).toBe(leastCost(values, needed))
      }),
      { seed: 4, numRuns: 200 },
    )
  })

  test('of equal cost is the one nearest to what is needed', () => {
    const values = [
      { name: 'conv', cost: 4, from: null },
      { name: 'relu', cost: 4, from: ['conv'] },
      { name: 'same', cost: 4, from: ['relu'] },
    ]
    expect([...cheapestCut(values, ['same'])]).toEqual(['same'])
    expect([...cheapestCut(values, ['conv', 'same'])]).toEqual(['conv'])
  })

  test('keeps nothing where everything follows from constants', () => {
    expect(cheapestCut([{ name: 'ones', cost: 9, from: [] }], ['ones']).size).toBe(0)
  })
})
