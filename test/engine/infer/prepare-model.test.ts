import { expect, test } from 'vitest'
import { openSession } from '../../../src/engine/infer/session.ts'
import { buildNetwork } from '../../../src/engine/models/zoo/architectures.ts'
import { writeOnnx } from '../../../src/engine/onnx/file.ts'
import { floatTensor, sizeOf } from '../../../src/engine/onnx/tensor.ts'
import { rejection } from '../../fixtures/caught.ts'
import { largestDifference } from '../../fixtures/difference.ts'
import { goldenFloat32 } from '../../fixtures/golden-hash.ts'
import { runOnRuntime } from '../../fixtures/run-graph.ts'
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
