import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { openSession } from '../../../../src/engine/infer/session.ts'
import { convertGraphModel } from '../../../../src/engine/models/tfjs/convert.ts'
import { readGraphModel } from '../../../../src/engine/models/tfjs/graph-model.ts'
import { writeOnnx } from '../../../../src/engine/onnx/file.ts'
import type { Graph } from '../../../../src/engine/onnx/graph.ts'
import { floatTensor } from '../../../../src/engine/onnx/tensor.ts'
import { largestDifference } from '../../../fixtures/difference.ts'
import { temporaryFolder } from '../../../fixtures/temporary.ts'
import { channels } from '../../../fixtures/tfjs-case.ts'
import {
  attribute,
  integers,
  type NodeSpec,
  noise,
  TfGraph,
  type WeightSpec,
} from '../../../fixtures/tfjs-graph.ts'
import { layerCases } from '../../../fixtures/tfjs-layer-cases.ts'
import { shapeCases } from '../../../fixtures/tfjs-shape-cases.ts'

const { type } = attribute
const temporary = temporaryFolder()
let counter = 0

async function convert(nodes: NodeSpec[], weights: WeightSpec[], size: [number, number]) {
  const output = nodes.at(-1)?.name ?? ''
  const shape: [number, number, number, number] = [1, ...size, channels]
  const placeholder = { name: 'image', op: 'Placeholder', attr: { dtype: type('DT_FLOAT') } }
  const original = new TfGraph([placeholder, ...nodes], weights)
  const file = await original.write(temporary(`${counter++}`))
  const graph = convertGraphModel(await readGraphModel(file), {
    inputs: [{ node: 'image', type: 'float32', shape }],
    outputs: [output],
  })
  return { graph, original, shape, output }
}

/** Runs a converted graph on an image given as [1, H, W, C]; images come back in that order too. */
async function runConverted(graph: Graph, image: tf.Tensor4D): Promise<tf.Tensor> {
  const file = temporary(`${counter++}.onnx`)
  await writeOnnx(file, graph)
  await using session = await openSession(file, { device: 'cpu', threads: 1 })
  const planes = image.transpose([0, 3, 1, 2])
  const feeds = { image: floatTensor(planes.shape, Float32Array.from(planes.dataSync())) }
  const [result] = Object.values(await session.run(feeds))
  if (!result) throw new Error('no result')
  const tensor = tf.tensor(Array.from(result.data, Number), [...result.shape])
  return tensor.rank === 4 ? tensor.transpose([0, 2, 3, 1]) : tensor
}

describe('A converted graph model computes what TensorFlow.js computes', () => {
  test.each([...layerCases, ...shapeCases])(
    'for $title',
    async ({ nodes, weights, operators, size = [8, 6] }) => {
      const { graph, original, shape, output } = await convert(nodes, weights, size)
      expect(graph.nodes.map(({ op }) => op)).toEqual(operators)
      const pixels = noise(
        shape.reduce((a, b) => a * b, 1),
        9,
      )
      const image = tf.tensor4d(pixels, shape)
      const wanted = await original.run('image', image, output)
      const got = await runConverted(graph, image)
      expect(got.shape).toEqual(wanted.shape)
      expect(largestDifference(wanted.dataSync(), got.dataSync())).toBeLessThan(1e-5)
    },
  )
})

describe('A graph model that cannot be converted', () => {
  test('is refused with the operator and the node', async () => {
    const nodes = [{ name: 'deep/odd', op: 'CropAndResize', input: ['image'] }]
    await expect(convert(nodes, [], [8, 6])).rejects.toMatchObject({
      code: 'unsupported-model',
      message: expect.stringContaining("CropAndResize 'deep/odd'"),
    })
  })

  test('is refused when a node needs its own result', async () => {
    const nodes = [
      { name: 'a', op: 'Add', input: ['image', 'b'] },
      { name: 'b', op: 'Relu', input: ['a'] },
    ]
    await expect(convert(nodes, [], [8, 6])).rejects.toMatchObject({
      code: 'bad-model',
      message: expect.stringContaining("node 'b' needs its own result"),
    })
  })

  test('is refused when batches are not put together again around a convolution', async () => {
    const nodes = [
      { name: 'in', op: 'SpaceToBatchND', input: ['image', 'block', 'pads'] },
      { name: 'out', op: 'BatchToSpaceND', input: ['in', 'block', 'pads'] },
    ]
    const pads = { ...integers('pads', 0, 0, 0, 0), shape: [2, 2] }
    await expect(convert(nodes, [integers('block', 2, 2), pads], [8, 6])).rejects.toMatchObject({
      code: 'unsupported-model',
      message: expect.stringContaining("BatchToSpaceND 'out'"),
    })
  })
})
