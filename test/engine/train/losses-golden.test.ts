import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { emptyGraph } from '../../../src/engine/onnx/graph.ts'
import { knownOf } from '../../../src/engine/onnx/shapes.ts'
import { sizeOf } from '../../../src/engine/onnx/tensor.ts'
import { differentiate } from '../../../src/engine/train/graph/differentiate.ts'
import { addLoss, type LossKind } from '../../../src/engine/train/losses.ts'
import { goldenFloat32, goldenLabels } from '../../fixtures/golden-hash.ts'
import { goldenGraph, statsDifference } from '../../fixtures/golden-network.ts'
import { interpret } from '../../fixtures/interpreter/interpret.ts'
import { runOnRuntime } from '../../fixtures/run-graph.ts'
import { describeWithShared, sharedPath } from '../../fixtures/shared.ts'

const numbers = z.array(z.number())
const statsSchema = z.object({
  shape: numbers,
  norm: z.number(),
  mean: z.number(),
  at: numbers,
  value: numbers,
})
const stepSchema = z.object({
  loss: z.object({ ce: z.number(), dice: z.number(), sum: z.number() }),
  logits_grad: z.object({ ce: statsSchema, dice: statsSchema }),
})
const goldenSchema = z.object({ float64: z.object({ frozen_bn: stepSchema }) })

const shape = [2, 3, 64, 96]

/** Loss and gradient of the logits, computed in float32 by ONNX Runtime and in float64. */
async function lossOf(logits: Float64Array, kind: LossKind) {
  const graph = emptyGraph('loss')
  graph.inputs.push({ name: 'logits', type: 'float32', shape })
  graph.inputs.push({ name: 'labels', type: 'int32', shape: [2, 64, 96] })
  const loss = addLoss(graph, 'logits', 'labels', { kind })
  const gradient = differentiate(graph, loss, ['logits']).get('logits') ?? ''
  for (const name of [loss, gradient]) graph.outputs.push({ name, ...knownOf(graph, name) })
  const labels = { shape: [2, 64, 96], data: Float64Array.from(goldenLabels(2 * 64 * 96, 3)) }
  const feeds = { logits: { shape, data: logits }, labels }
  return [await runOnRuntime(graph, feeds), interpret(graph, feeds)].map((results) => ({
    loss: results[loss]?.data[0] ?? Number.NaN,
    gradient: results[gradient]?.data ?? [],
  }))
}

describeWithShared('The losses of segmentation_models_pytorch', () => {
  it("agree on the goldens' U-Net, with their gradients", async () => {
    const golden = goldenSchema.parse(
      JSON.parse(readFileSync(sharedPath('goldens', 'unet_vgg16.json'), 'utf8')),
    )
    const { loss, logits_grad } = golden.float64.frozen_bn
    const image = { shape, data: Float64Array.from(goldenFloat32('image', sizeOf(shape))) }
    const { logits } = await runOnRuntime(goldenGraph('unet_vgg16'), { image }, { optimised: true })
    const data = logits?.data ?? new Float64Array()
    for (const result of await lossOf(data, 'cross-entropy')) {
      expect(Math.abs(result.loss / loss.ce - 1)).toBeLessThan(1e-5)
      expect(statsDifference(result.gradient, logits_grad.ce)).toBeLessThan(1e-5)
    }
    for (const result of await lossOf(data, 'dice')) {
      expect(Math.abs(result.loss / loss.dice - 1)).toBeLessThan(1e-5)
      expect(statsDifference(result.gradient, logits_grad.dice)).toBeLessThan(1e-5)
    }
    for (const result of await lossOf(data, 'cross-entropy+dice'))
      expect(Math.abs(result.loss / loss.sum - 1)).toBeLessThan(1e-5)
  })
})
