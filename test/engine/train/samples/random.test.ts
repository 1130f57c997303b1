import { describe, expect, test } from 'vitest'
import { randomFor, randomFrom } from '../../../../src/engine/train/samples/random.ts'

const draws = (count: number, draw: () => number): number[] => Array.from({ length: count }, draw)

describe('chance', () => {
  test('goes on from a saved state as if it had never stopped', () => {
    const random = randomFrom(5)
    draws(10, random.next.bind(random))
    const goneOn = randomFrom(random.state)
    expect(draws(10, () => goneOn.next())).toEqual(draws(10, () => random.next()))
  })

  test('is another one for every combination of numbers', () => {
    const firsts = [0, 1, 2].flatMap((a) => [0, 1, 2].map((b) => randomFor(a, b).next()))
    expect(new Set(firsts).size).toBe(9)
    expect(randomFor(1, 2).next()).toBe(randomFor(1, 2).next())
  })

  test('is evenly spread over [0, 1), and normal where asked', () => {
    const random = randomFrom(1)
    const even = draws(20_000, () => random.next())
    const bins = draws(10, () => 0)
    for (const value of even) bins[Math.floor(value * 10)] = (bins[Math.floor(value * 10)] ?? 0) + 1
    for (const count of bins) expect(Math.abs(count - 2000)).toBeLessThan(200)
    const normal = draws(20_000, () => random.normal())
    const mean = normal.reduce((sum, value) => sum + value, 0) / normal.length
    const variance = normal.reduce((sum, value) => sum + (value - mean) ** 2, 0) / normal.length
    expect(Math.abs(mean)).toBeLessThan(0.03)
    expect(Math.abs(variance - 1)).toBeLessThan(0.03)
  })

  test('shuffles without losing anything', () => {
    const order = randomFrom(3).permutation(100)
    expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i))
    expect(order).not.toEqual(order.toSorted((a, b) => a - b))
  })
})
