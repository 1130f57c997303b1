import { describe, expect, it } from 'vitest'
import { classWeightsOf, lossWeights } from '../../../../src/engine/train/samples/class-weights.ts'

describe('Class weights from labels', () => {
  it('give every class the same share and a pixel the mean weight 1', () => {
    const labels = [Uint8Array.of(0, 0, 0, 1), Uint8Array.of(0, 0, 0, 255)]
    const weights = classWeightsOf(labels, 2)
    expect(weights).toEqual([7 / 12, 7 / 2])
    expect(6 * (weights[0] ?? 0)).toBeCloseTo(1 * (weights[1] ?? 0), 12)
  })

  it('leave classes that do not occur out of the balance', () => {
    expect(classWeightsOf([Uint8Array.of(0, 2, 2, 2)], 4)).toEqual([2, 1, 2 / 3, 1])
  })

  it('are 1 where nothing is labelled', () => {
    expect(classWeightsOf([new Uint8Array(9).fill(255)], 2)).toEqual([1, 1])
  })
})

describe('The weights of a loss', () => {
  const labels = [Uint8Array.of(0, 0, 0, 1, 2, 2)]

  it('are none where all classes count alike', () => {
    expect(lossWeights({ classWeights: 'none', foreground: 1 }, labels, 3)).toBeNull()
  })

  it('raise all classes but the background, balanced or not', () => {
    expect(lossWeights({ classWeights: 'none', foreground: 3 }, labels, 3)).toEqual([1, 3, 3])
    const balanced = classWeightsOf(labels, 3)
    const [first, ...others] = balanced
    expect(lossWeights({ classWeights: 'auto', foreground: 2 }, labels, 3)).toEqual([
      first,
      ...others.map((weight) => 2 * weight),
    ])
    expect(lossWeights({ classWeights: 'auto', foreground: 1 }, labels, 3)).toEqual(balanced)
  })
})
