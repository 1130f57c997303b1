import { describe, expect, test } from 'vitest'
import { architectures, buildNetwork } from '../../../../src/engine/models/zoo/architectures.ts'
import { loadWeights } from '../../../../src/engine/models/zoo/load-weights.ts'
import { floatTensor, sizeOf, type Tensor } from '../../../../src/engine/onnx/tensor.ts'
import { caught } from '../../../fixtures/caught.ts'
import { goldenFloat32 } from '../../../fixtures/golden-hash.ts'

/** What a checkpoint of ESPNetv2 would hold, with numbers of our own. */
function checkpoint(): Map<string, Tensor> {
  const { weights } = buildNetwork('espnetv2', { classes: 21 })
  const layers = [...weights].filter(([name]) => !name.includes('/'))
  const tensors = layers.map(([name, { shape }]): [string, Tensor] => {
    // PyTorch keeps slopes of PReLU as [C], not as [C, 1, 1].
    const own = shape.length === 3 ? shape.slice(0, 1) : shape
    return [name, floatTensor(own, goldenFloat32(name, sizeOf(own)))]
  })
  const counter = floatTensor([], Float32Array.of(7))
  const unused = floatTensor([16], new Float32Array(16))
  return new Map([
    ...tensors,
    ['base_net.level1.bn.num_batches_tracked', counter],
    ['base_net.level2_0.eesp.module_act.weight', unused],
  ])
}

const load = (tensors: ReadonlyMap<string, Tensor>) => {
  const graph = buildNetwork('espnetv2', { classes: 21 })
  loadWeights(graph, tensors, architectures.espnetv2)
  return graph
}

describe('Loading a checkpoint', () => {
  test('gives every layer its tensor, and ignores counters and what no layer uses', () => {
    const tensors = checkpoint()
    const { weights } = load(tensors)
    for (const [name, { shape, data }] of weights)
      if (!name.includes('/'))
        expect([name, data]).toEqual([name, goldenFloat32(name, sizeOf(shape))])
    expect(weights.get('base_net.level1.act.weight')?.shape).toEqual([16, 1, 1])
  })

  test('takes a checkpoint with an auxiliary head into a network without one', () => {
    const whole = buildNetwork('fcn_resnet50', { classes: 21, auxiliary: true }).weights
    const graph = buildNetwork('fcn_resnet50', { classes: 21 })
    loadWeights(graph, whole, architectures.fcn_resnet50)
    expect(graph.weights.has('aux_classifier.4.weight')).toBe(false)
  })

  test('lists the first ten of what is missing, extra or of another shape', () => {
    const tensors = checkpoint()
    const stages = [...tensors.keys()].filter((name) => name.includes('.stages.'))
    for (const name of stages.slice(0, 12)) tensors.delete(name)
    tensors.set('head.weight', floatTensor([1], new Float32Array(1)))
    tensors.set('bu_dec_l4.merge_layer.3.bias', floatTensor([2], new Float32Array(2)))
    const error = caught(() => load(tensors))
    expect(error.code).toBe('bad-checkpoint')
    expect(error.message).toContain(`12 missing: ${stages.slice(0, 10).join(', ')} and 2 more`)
    expect(error.message).toContain('1 extra: head.weight')
    expect(error.message).toContain('bu_dec_l4.merge_layer.3.bias is [2], not [21]')
  })
})
