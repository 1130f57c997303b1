import { describe, expect, it } from 'vitest'
import { architectureOf } from '../../../../src/engine/models/zoo/architectures.ts'
import { drawWeights } from '../../../../src/engine/models/zoo/random-weights.ts'
import { floatsOf } from '../../../../src/engine/onnx/tensor.ts'

async function drawn(seed: number) {
  const graph = await architectureOf('lraspp_mobilenet_v3_large').build({ classes: 2 })
  drawWeights(graph, seed)
  return (name: string) => {
    const tensor = graph.weights.get(name)
    if (!tensor) throw new Error(`${name} is no weight`)
    return floatsOf(tensor, name)
  }
}

describe('random weights', () => {
  it('have the deviation √(2 / fan out) about zero, and leave the rest as it was built', async () => {
    const weight = await drawn(1)
    const kernel = weight('classifier.cbr.0.weight')
    const squares = kernel.reduce((sum, value) => sum + value * value, 0)
    expect(Math.sqrt(squares / kernel.length)).toBeCloseTo(Math.sqrt(2 / 128), 3)
    expect(Math.abs(kernel.reduce((sum, value) => sum + value, 0) / kernel.length)).toBeLessThan(
      1e-3,
    )
    expect(weight('classifier.low_classifier.bias').every((value) => value === 0)).toBe(true)
    expect(weight('classifier.cbr.1.weight').every((value) => value === 1)).toBe(true)
  })

  it('are those of their seed', async () => {
    const [one, same, other] = [await drawn(1), await drawn(1), await drawn(2)]
    const name = 'classifier.low_classifier.weight'
    expect(same(name)).toEqual(one(name))
    expect(other(name)).not.toEqual(one(name))
  })
})
