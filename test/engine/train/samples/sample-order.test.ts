import { describe, expect, it } from 'vitest'
import { originalOf, samplesOf } from '../../../../src/engine/train/samples/sample-order.ts'

const order = { seed: 3, originals: 5, batch: 4, bank: 0 }
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)
const sorted = (list: readonly number[]) => list.toSorted((a, b) => a - b)

describe('the order of samples', () => {
  it('uses every painted frame once before any is used again', () => {
    const originals = numbers(50).map((number) => originalOf(number, order))
    for (let round = 0; round < 10; round++)
      expect(sorted(originals.slice(5 * round, 5 * round + 5))).toEqual(numbers(5))
    expect(
      new Set(numbers(10).map((round) => originals.slice(5 * round, 5 * round + 5).join())),
    ).not.toHaveLength(1)
  })

  it('makes new samples for each iteration where there is no bank', () => {
    expect(numbers(3).flatMap((iteration) => samplesOf(iteration, order))).toEqual(numbers(12))
  })

  it('uses every sample of a bank once before any is used again, across iterations', () => {
    const banked = { ...order, bank: 6 }
    const used = numbers(9).flatMap((iteration) => samplesOf(iteration, banked))
    for (let round = 0; round < 6; round++)
      expect(sorted(used.slice(6 * round, 6 * round + 6))).toEqual(numbers(6))
  })

  it('depends on the seed and on nothing that was drawn before', () => {
    const banked = { ...order, bank: 40 }
    const late = samplesOf(7, banked)
    expect(samplesOf(7, banked)).toEqual(late)
    expect(samplesOf(7, { ...banked, seed: 4 })).not.toEqual(late)
  })
})
