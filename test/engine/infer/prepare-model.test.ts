import { expect, test } from 'vitest'
import { prepareModel } from '../../../src/engine/infer/prepare-model.ts'
import { openSession } from '../../../src/engine/infer/session.ts'
import { buildNetwork } from '../../../src/engine/models/zoo/architectures.ts'
import { decodeGraph } from '../../../src/engine/onnx/decode.ts'
import { writeOnnx } from '../../../src/engine/onnx/file.ts'
import { addNode, emptyGraph } from '../../../src/engine/onnx/graph.ts'
import { decodeModel } from '../../../src/engine/onnx/proto.ts'
import { floatTensor, numbersOf, sizeOf } from '../../../src/engine/onnx/tensor.ts'
import { rejection } from '../../fixtures/caught.ts'
import { largestDifference } from '../../fixtures/difference.ts'
import { goldenFloat32 } from '../../fixtures/golden-hash.ts'
import { runOnRuntime } from '../../fixtures/run-graph.ts'
import { noiseTensor, runOutputs } from '../../fixtures/run-values.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'
import { fillGolden } from '../../fixtures/zoo-weights.ts'

const temporary = temporaryFolder()

test('A network that is prepared for one size gives the same logits there, and takes no other', async () => {
  const graph = fillGolden(buildNetwork('deeplabv3_mobilenet_v3_large', { classes: 3 }))
  // At stride 16 two columns more than DeepLab's smallest dilation.
  const shape = [1, 3, 64, 224]
  const data = goldenFloat32('image', sizeOf(shape))
  const plain = await runOnRuntime(graph, { image: { shape, data: Float64Array.from(data) } })
  const file = temporary('network.onnx')
  await writeOnnx(file, graph)
  await using session = await openSession(file, { device: 'cpu', shapes: { image: shape } })
  const { logits } = await session.run({ image: floatTensor(shape, data) })
  const wanted = Float64Array.from(plain.logits?.data ?? [])
  const scale = wanted.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)
  expect(largestDifference(wanted, logits?.data ?? [])).toBeLessThan(1e-5 * scale)
  const other = floatTensor([1, 3, 32, 32], new Float32Array(3072))
  expect((await rejection(session.run({ image: other }))).code).toBe('unsupported-model')
})

test('A network exported for an old operator set runs in its cheaper order', async () => {
  const graph = emptyGraph('old')
  graph.opset = 11
  graph.inputs.push({ name: 'x', type: 'float32', shape: [1, 64, 'height', 'width'] })
  graph.outputs.push({ name: 'y', type: 'float32', shape: null })
  graph.weights.set('w1', noiseTensor([64, 64, 1, 1], 1))
  graph.weights.set('w2', noiseTensor([16, 64, 1, 1], 2))
  graph.weights.set('w3', noiseTensor([16, 64, 1, 1], 3))
  addNode(graph, 'Conv', ['x', 'w1'], 'c')
  addNode(graph, 'GlobalAveragePool', ['c'], 'pooled')
  addNode(graph, 'Conv', ['c', 'w2'], 'a')
  addNode(graph, 'Conv', ['pooled', 'w3'], 'b')
  addNode(graph, 'Add', ['a', 'b'], 'y')
  const feeds = { x: noiseTensor([1, 64, 9, 10]) }
  const before = (await runOutputs(graph, feeds)).get('y')
  await writeOnnx(temporary('old.onnx'), graph)
  const bytes = await prepareModel(temporary('old.onnx'))
  if (typeof bytes === 'string') throw new Error('nothing was prepared')
  const after = (await runOutputs(decodeGraph(decodeModel(bytes)), feeds)).get('y')
  if (!before || !after) throw new Error('there is no y')
  expect(after.shape).toEqual(before.shape)
  expect(largestDifference(numbersOf(after), numbersOf(before))).toBeLessThan(1e-3)
})
