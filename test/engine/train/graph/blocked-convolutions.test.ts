import { expect, test } from 'vitest'
import { channelBlock } from '../../../../src/engine/infer/channel-block.ts'
import { openGraph } from '../../../../src/engine/infer/session.ts'
import { onnxBytes } from '../../../../src/engine/onnx/file.ts'
import { addNode, addWeight, emptyGraph, type Graph } from '../../../../src/engine/onnx/graph.ts'
import { floatTensor, sizeOf, type Tensor, tensorOf } from '../../../../src/engine/onnx/tensor.ts'
import {
  type TrainingGraph,
  trainingGraph,
} from '../../../../src/engine/train/graph/training-graph.ts'
import { largestDifference } from '../../../fixtures/difference.ts'
import { goldenFloat32, goldenLabels } from '../../../fixtures/golden-hash.ts'

const sides = [12, 10]
const shapes: Readonly<Record<string, number[]>> = {
  first: [32, 3, 3, 3],
  'first.bias': [32],
  depthwise: [32, 1, 3, 3],
  'depthwise.bias': [32],
  strided: [32, 1, 3, 3],
  wide: [16, 32, 3, 3],
  last: [2, 16, 1, 1],
}

/** Depthwise, strided and dilated convolutions, with activations in between. */
function network(): Graph {
  const graph = emptyGraph('blocks')
  graph.inputs.push({ name: 'image', type: 'float32', shape: [2, 3, ...sides] })
  for (const [name, shape] of Object.entries(shapes))
    addWeight(graph, name, floatTensor(shape, goldenFloat32(name, sizeOf(shape))))
  const [low, high] = [0, 6].map((limit) =>
    addWeight(graph, `limit/${limit}`, floatTensor([], Float32Array.of(limit))),
  )
  const conv = (
    inputs: string[],
    output: string,
    attributes: Record<string, number[]>,
    group = 1,
  ) =>
    addNode(graph, 'Conv', inputs, output, {
      group: { int: group },
      ...Object.fromEntries(Object.entries(attributes).map(([key, ints]) => [key, { ints }])),
    })
  const even = { pads: [1, 1, 1, 1] }
  conv(['image', 'first', 'first.bias'], 'a', even)
  addNode(graph, 'Relu', ['a'], 'b')
  conv(['b', 'depthwise', 'depthwise.bias'], 'c', even, 32)
  addNode(graph, 'Clip', ['c', low ?? '', high ?? ''], 'd')
  conv(['d', 'strided'], 'e', { strides: [2, 2], pads: [0, 1, 1, 1] }, 32)
  conv(['e', 'wide'], 'f', { dilations: [4, 4], pads: [4, 4, 4, 4] })
  addNode(graph, 'Relu', ['f'], 'g')
  conv(['g', 'last'], 'logits', {})
  graph.outputs.push({ name: 'logits', type: 'float32', shape: [2, 2, '', ''] })
  return graph
}

function training(block: number | null): TrainingGraph {
  return trainingGraph(network(), {
    inputs: { image: [2, 3, ...sides] },
    logits: [{ name: 'logits', weight: 1 }],
    labels: [2, ...sides],
    loss: { kind: 'cross-entropy' },
    parameters: Object.keys(shapes),
    batchNorm: 'frozen',
    channelBlock: block,
  })
}

/** Loss and gradients by parameter in ONNX Runtime. */
async function compute({ graph, gradients, loss }: TrainingGraph) {
  const weights = network().weights
  const feeds: Record<string, Tensor> = Object.fromEntries(
    Object.keys(shapes).flatMap((name) => {
      const weight = weights.get(name)
      return weight ? [[name, weight]] : []
    }),
  )
  const image = [2, 3, ...sides]
  feeds.image = floatTensor(image, goldenFloat32('image', sizeOf(image)))
  const labels = [2, ...sides]
  feeds.labels = tensorOf('int32', labels, goldenLabels(sizeOf(labels)))
  await using session = await openGraph(onnxBytes(graph), { device: 'cpu', threads: 1 })
  const results = await session.run(feeds)
  const numbers = (name: string) => Float32Array.from(results[name]?.data ?? [], Number)
  return new Map([
    ['loss', numbers(loss)],
    ...[...gradients].map(([name, gradient]) => [name, numbers(gradient)] as const),
  ])
}

test('Gradients are the same when convolutions are computed in blocks of channels', async () => {
  const block = await channelBlock()
  // Elsewhere there are no such kernels, and nothing is written for them.
  expect(process.arch === 'x64' ? [8, 16] : [4, 8, 16, null]).toContain(block)
  const blocked = training(block)
  const count = blocked.graph.nodes.filter(({ domain }) => domain.endsWith('nchwc')).length
  // Three convolutions forward, two back to their inputs, two to depthwise kernels: three nodes each.
  expect(count).toBe(block === null ? 0 : 21)
  const [plain, fast] = [await compute(training(null)), await compute(blocked)]
  expect([...fast.keys()]).toEqual([...plain.keys()])
  for (const [name, gradient] of plain) {
    const scale = Math.max(...gradient.map(Math.abs))
    expect(largestDifference(fast.get(name) ?? [], gradient) / scale, name).toBeLessThan(1e-5)
  }
})
