import { expect, test } from 'vitest'
import { multiplyAdds, parameterCount } from '../../../src/engine/compare/count-operations.ts'
import { buildNetwork } from '../../../src/engine/models/zoo/architectures.ts'
import { addNode, addWeight, emptyGraph } from '../../../src/engine/onnx/graph.ts'
import { floatTensor } from '../../../src/engine/onnx/tensor.ts'

/**
 * GFLOPS and parameters of https://docs.pytorch.org/vision/stable/models.html#semantic-segmentation:
 * pictures of 520x520, the auxiliary head included.
 */
const published = [
  ['deeplabv3_mobilenet_v3_large', 10.452, 11_029_328],
  ['deeplabv3_resnet101', 258.743, 60_996_202],
  ['deeplabv3_resnet50', 178.722, 42_004_074],
  ['fcn_resnet101', 232.738, 54_314_346],
  ['fcn_resnet50', 152.717, 35_322_218],
  ['lraspp_mobilenet_v3_large', 2.086, 3_221_538],
] as const

test.each(published)('%s has as many as torchvision says', async (name, gflops, parameters) => {
  const auxiliary = !name.startsWith('lraspp')
  const graph = await buildNetwork(name, { classes: 21, auxiliary })
  const operations = multiplyAdds(graph, { image: [1, 3, 520, 520] })
  expect((operations ?? 0) / 1e9).toBeCloseTo(gflops, 3)
  expect(parameterCount(graph)).toBe(parameters)
})

test('Kernels that are spread count by the input, products by what is summed up', () => {
  const graph = emptyGraph('some')
  graph.inputs.push({ name: 'x', type: 'float32', shape: [1, 4, 'height', 'width'] })
  const zeros = (...shape: number[]) =>
    floatTensor(shape, new Float32Array(shape.reduce((a, b) => a * b)))
  const kernel = addWeight(graph, 'kernel', zeros(4, 3, 2, 2))
  const larger = addNode(graph, 'ConvTranspose', ['x', kernel], 'larger', {
    kernel_shape: { ints: [2, 2] },
    strides: { ints: [2, 2] },
  })
  const matrix = addWeight(graph, 'matrix', zeros(10, 7))
  addNode(graph, 'MatMul', [larger, matrix], 'y')
  graph.outputs.push({ name: 'y', type: 'float32', shape: [1, 3, '', 7] })
  const operations = multiplyAdds(graph, { x: [1, 4, 6, 5] })
  expect(operations).toBe(4 * 6 * 5 * 3 * 2 * 2 + 3 * 12 * 7 * 10)
  expect(parameterCount(graph)).toBe(4 * 3 * 2 * 2 + 10 * 7)
})

test('Nothing is said of operators that are not known', () => {
  const graph = emptyGraph('odd')
  graph.inputs.push({ name: 'x', type: 'float32', shape: [1, 3, 8, 8] })
  addNode(graph, 'NeverHeardOf', ['x'], 'y')
  graph.outputs.push({ name: 'y', type: 'float32', shape: null })
  expect(multiplyAdds(graph, { x: [1, 3, 8, 8] })).toBeNull()
})
