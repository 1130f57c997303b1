import { expect, it } from 'vitest'
import { addNode, emptyGraph } from '../../../../src/engine/onnx/graph.ts'
import { inFrugalOrder } from '../../../../src/engine/train/graph/frugal-order.ts'

it('what nothing follows goes to the end, the first of it last', () => {
  const graph = emptyGraph('order')
  addNode(graph, 'Relu', ['x'], 'a')
  addNode(graph, 'Relu', ['a'], 'loss')
  addNode(graph, 'Relu', ['a'], 'b')
  addNode(graph, 'Relu', ['b'], 'late gradient')
  addNode(graph, 'Relu', ['b'], 'c')
  addNode(graph, 'Relu', ['c'], 'early gradient')
  const names = inFrugalOrder(graph).nodes.map(({ name }) => name)
  expect(names).toEqual(['a', 'b', 'c', 'early gradient', 'late gradient', 'loss'])
})
