import { expect, test } from 'vitest'
import { addNode, addWeight, emptyGraph, type Graph } from '../../../../src/engine/onnx/graph.ts'
import { fixShapes } from '../../../../src/engine/onnx/shapes.ts'
import { floatTensor, intTensor } from '../../../../src/engine/onnx/tensor.ts'
import { differentiate } from '../../../../src/engine/train/graph/differentiate.ts'
import { caught } from '../../../fixtures/caught.ts'

/** loss = Σ f(x·a)·b·c·(x·a) in nodes; `op` is f. */
function graphOf(op: string): Graph {
  const graph = emptyGraph('test')
  graph.inputs.push({ name: 'x', type: 'float32', shape: [4] })
  for (const name of ['a', 'b', 'c', 'unused'])
    addWeight(graph, name, floatTensor([4], Float32Array.of(1, 2, 3, 4)))
  const axes = addWeight(graph, 'axes', intTensor([0]))
  const first = addNode(graph, 'Mul', ['x', 'a'], 'first')
  const bent = addNode(graph, op, [first], 'bent')
  const scaled = addNode(graph, 'Mul', [bent, 'b'], 'scaled')
  const joined = addNode(graph, 'Mul', [scaled, first], 'joined')
  const last = addNode(graph, 'Mul', [joined, 'c'], 'last')
  addNode(graph, 'Mul', ['unused', 'x'], 'aside')
  addNode(graph, 'ReduceSum', [last, axes], 'loss', { keepdims: { int: 0 } })
  graph.outputs.push({ name: 'loss', type: 'float32', shape: [] })
  graph.outputs.push({ name: 'aside', type: 'float32', shape: [4] })
  fixShapes(graph, { x: [4] })
  return graph
}

const gradientNodes = (graph: Graph) =>
  graph.nodes.map(({ name }) => name).filter((name) => name.startsWith('gradient/'))

test('An operator without a rule is named with its node', () => {
  const graph = graphOf('Sin')
  const error = caught(() => differentiate(graph, 'loss', ['a']))
  expect(error).toMatchObject({ code: 'unsupported-model' })
  expect(error.message).toContain("Sin (node 'bent')")
})

test('An operator without a rule does no harm where no wanted value comes before it', () => {
  const gradients = differentiate(graphOf('Sin'), 'loss', ['b', 'c'])
  expect([...gradients.keys()]).toEqual(['b', 'c'])
})

test('Only what a wanted value needs is written', () => {
  const [last, all] = [graphOf('Tanh'), graphOf('Tanh')]
  differentiate(last, 'loss', ['c'])
  differentiate(all, 'loss', ['a', 'b', 'c'])
  expect(gradientNodes(last).length).toBeLessThan(gradientNodes(all).length / 3)
  expect(gradientNodes(last).some((name) => name.includes('bent'))).toBe(false)
})

test('Several uses of a value add up once', () => {
  const graph = graphOf('Tanh')
  differentiate(graph, 'loss', ['a', 'x'])
  expect(gradientNodes(graph).filter((name) => name === 'gradient/first/Add')).toHaveLength(1)
})

test('A value that the loss does not depend on has no gradient', () => {
  const gradients = differentiate(graphOf('Tanh'), 'loss', ['unused', 'a'])
  expect([...gradients.keys()]).toEqual(['a'])
})

test('The same graph has the same gradients under the same names', () => {
  const [one, other] = [graphOf('Tanh'), graphOf('Tanh')]
  expect(differentiate(one, 'loss', ['a', 'b'])).toEqual(differentiate(other, 'loss', ['a', 'b']))
  expect(one).toEqual(other)
})
