import { describe, expect, test } from 'vitest'
import { copyGraph } from '../../../src/engine/onnx/copy.ts'
import { foldBatchNorm } from '../../../src/engine/onnx/fold-batch-norm.ts'
import { foldConstants } from '../../../src/engine/onnx/fold-constants.ts'
import { type Attribute, addNode, emptyGraph, type Graph } from '../../../src/engine/onnx/graph.ts'
import { fixShapes } from '../../../src/engine/onnx/shapes.ts'
import { numbersOf } from '../../../src/engine/onnx/tensor.ts'
import { largestDifference } from '../../fixtures/difference.ts'
import { exportedNetwork } from '../../fixtures/exported-network.ts'
import { noiseTensor, runOutputs } from '../../fixtures/run-values.ts'
import { int, ints, reals } from '../../fixtures/shape-cases/shape-case.ts'

interface Layer {
  op: string
  x: number[]
  weight: number[]
  channels: number
  bias?: number[]
  attributes?: Record<string, Attribute>
}

function network({ op, x, weight, channels, bias, attributes = {} }: Layer): Graph {
  const graph = emptyGraph(op)
  graph.inputs.push({ name: 'x', type: 'float32', shape: x })
  graph.outputs.push({ name: 'y', type: 'float32', shape: null })
  graph.weights.set('w', noiseTensor(weight, 2))
  if (bias) graph.weights.set('b', noiseTensor(bias, 3))
  for (const [i, name] of ['scale', 'shift', 'mean'].entries())
    graph.weights.set(name, noiseTensor([channels], 4 + i))
  graph.weights.set('variance', reals(...Array.from({ length: channels }, (_, c) => 0.3 + c)))
  addNode(graph, op, ['x', 'w', ...(bias ? ['b'] : [])], 'c', attributes)
  addNode(graph, 'BatchNormalization', ['c', 'scale', 'shift', 'mean', 'variance'], 'y', {
    epsilon: { float: 0.001 },
  })
  return graph
}

const layers: [string, Layer][] = [
  ['a convolution', { op: 'Conv', x: [2, 4, 5, 6], weight: [6, 4, 3, 3], channels: 6 }],
  [
    'a convolution in groups',
    {
      op: 'Conv',
      x: [2, 4, 5, 6],
      weight: [6, 2, 1, 1],
      channels: 6,
      bias: [6],
      attributes: { group: int(2) },
    },
  ],
  [
    'a transposed convolution',
    {
      op: 'ConvTranspose',
      x: [1, 3, 4, 5],
      weight: [3, 5, 2, 2],
      channels: 5,
      attributes: { strides: ints(2, 2) },
    },
  ],
  [
    'a transposed convolution in groups',
    {
      op: 'ConvTranspose',
      x: [1, 4, 4, 5],
      weight: [4, 3, 2, 3],
      channels: 6,
      bias: [6],
      attributes: { group: int(2) },
    },
  ],
  ['a matrix', { op: 'Gemm', x: [3, 4], weight: [4, 5], channels: 5, bias: [1, 5] }],
  [
    'a transposed matrix',
    { op: 'Gemm', x: [3, 4], weight: [5, 4], channels: 5, attributes: { transB: int(1) } },
  ],
]

async function difference(before: Graph, after: Graph, shape: readonly number[]): Promise<number> {
  const feeds = { [before.inputs[0]?.name ?? '']: noiseTensor(shape) }
  const [[a], [b]] = [
    [...(await runOutputs(before, feeds)).values()],
    [...(await runOutputs(after, feeds)).values()],
  ]
  expect(b?.shape).toEqual(a?.shape)
  return largestDifference(a?.data ?? [], b?.data ?? [])
}

describe('Batch normalisation', () => {
  test.each(layers)('goes into %s', async (_, layer) => {
    const graph = network(layer)
    const folded = copyGraph(graph)
    foldBatchNorm(folded)
    expect(folded.nodes.map(({ op }) => op)).toEqual([layer.op])
    expect(await difference(graph, folded, layer.x)).toBeLessThan(5e-6)
  })

  test('stays where the layer has another user, a factor, or a bias that is computed', () => {
    const conv = network({ op: 'Conv', x: [1, 2, 3, 3], weight: [2, 2, 1, 1], channels: 2 })
    conv.outputs.push({ name: 'c', type: 'float32', shape: null })
    const gemm = network({
      op: 'Gemm',
      x: [3, 4],
      weight: [4, 5],
      channels: 5,
      attributes: { alpha: { float: 2 } },
    })
    const fed = network({
      op: 'Conv',
      x: [1, 2, 3, 3],
      weight: [2, 2, 1, 1],
      channels: 2,
      bias: [2],
    })
    fed.weights.delete('b')
    fed.inputs.push({ name: 'b', type: 'float32', shape: [2] })
    for (const graph of [conv, gemm, fed]) {
      foldBatchNorm(graph)
      expect(graph.nodes).toHaveLength(2)
    }
  })

  test('with the statistics of the batch stays', () => {
    const graph = network({ op: 'Conv', x: [2, 2, 3, 3], weight: [2, 2, 1, 1], channels: 2 })
    for (const node of graph.nodes.slice(1)) node.attributes.training_mode = int(1)
    foldBatchNorm(graph)
    expect(graph.nodes).toHaveLength(2)
  })
})

describe('A network that PyTorch exported', () => {
  test.each([
    ['unet', [2, 3, 32, 48]],
    ['deeplab', [2, 3, 33, 50]],
  ] as const)('(%s) answers the same after every folding', async (name, shape) => {
    const original = await exportedNetwork(name)
    const graph = copyGraph(original)
    const logits = (await runOutputs(original, { image: noiseTensor(shape) })).get('logits')
    const scale = Math.max(...(logits ? numbersOf(logits) : []).map(Math.abs))
    expect(scale).toBeGreaterThan(0.05)
    for (const step of [
      foldConstants,
      foldBatchNorm,
      (each: Graph) => fixShapes(each, { image: shape }),
      foldConstants,
    ]) {
      step(graph)
      expect(await difference(original, graph, shape)).toBeLessThan(1e-5 * scale)
    }
  })
})
