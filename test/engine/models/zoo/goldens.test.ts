import { expect, test } from 'vitest'
import { sizeOf } from '../../../../src/engine/onnx/tensor.ts'
import { goldenFloat32 } from '../../../fixtures/golden-hash.ts'
import {
  enlargeLogits,
  goldenGraph,
  goldenNames,
  readGolden,
  statsDifference,
} from '../../../fixtures/golden-network.ts'
import { runOnRuntime } from '../../../fixtures/run-graph.ts'
import { describeWithShared } from '../../../fixtures/shared.ts'

describeWithShared('A network of the zoo with the goldens weights', () => {
  test.each(goldenNames)('gives the logits of its PyTorch original: %s', async (name) => {
    const { input, classes, eval_logits: wanted } = readGolden(name)
    const graph = goldenGraph(name)
    const [batch = 0, , height = 0, width = 0] = input
    enlargeLogits(graph, [batch, classes, height, width])
    const image = { shape: input, data: Float64Array.from(goldenFloat32('image', sizeOf(input))) }
    const { enlarged } = await runOnRuntime(graph, { image }, { optimised: true })
    expect(enlarged?.shape).toEqual(wanted.shape)
    expect(statsDifference(enlarged?.data ?? [], wanted)).toBeLessThan(1e-5)
  })
})
