import { describe, expect, it } from 'vitest'
import { groupParameters } from '../../../src/engine/experiments/layer-groups.ts'
import { architectureOf } from '../../../src/engine/models/zoo/architectures.ts'
import { trainableWeights } from '../../../src/engine/train/graph/parameters.ts'
import { layerGroupSchema } from '../../../src/shared/experiment.ts'

describe('layer groups', () => {
  it('are those of DeepLab: all but the classifier at once the rate, its weights at ten, its biases at twenty times', async () => {
    const graph = await architectureOf('deeplabv3_resnet50').build({ classes: 21 })
    const names = trainableWeights(graph)
    const groups = [
      { layers: ['classifier'], parameters: 'biases', rate: 20, weightDecay: 0 },
      { layers: ['classifier'], rate: 10 },
    ].map((group) => layerGroupSchema.parse(group))
    const data = new Float32Array(1)
    const { parameters, factors, weightDecays } = groupParameters(
      { graph, head: ['classifier.4.weight', 'classifier.4.bias'] },
      names.map((name) => ({ name, data })),
      groups,
    )
    const rateOf = (name: string) =>
      factors[parameters.find((one) => one.name === name)?.group ?? '']
    expect(rateOf('backbone.conv1.weight')).toBe(1)
    expect(rateOf('classifier.4.weight')).toBe(10)
    expect(rateOf('classifier.4.bias')).toBe(20)
    expect(rateOf('classifier.1.weight')).toBe(10)
    expect(weightDecays).toEqual({ 0: 0 })
    expect(parameters.filter(({ group }) => group === 'rest').length).toBeGreaterThan(100)
  })
})
