import { describe, expect, test } from 'vitest'
import { copyGraph } from '../../../src/engine/onnx/copy.ts'
import { addNode, emptyGraph, type Graph } from '../../../src/engine/onnx/graph.ts'
import { fixShapes, shapeOf } from '../../../src/engine/onnx/shapes.ts'
import { floatTensor, sizeOf, type Tensor } from '../../../src/engine/onnx/tensor.ts'
import { largestDifference } from '../../fixtures/difference.ts'
import { exportedNetwork } from '../../fixtures/exported-network.ts'
import { noiseTensor, runOutputs } from '../../fixtures/run-values.ts'
import { int, ints, list } from '../../fixtures/shape-cases/shape-case.ts'

/** What an exporter makes of one picture: sides of results are constants, the batch among them. */
function forOnePicture(): Graph {
  const graph = emptyGraph('fixed')
  graph.inputs.push({ name: 'x', type: 'float32', shape: [1, 4, 6, 6] })
  graph.outputs.push({ name: 'y', type: 'float32', shape: [1, 4, 6, 6] })
  graph.weights.set('scale', noiseTensor([4], 7))
  graph.weights.set('scale-sides', list(1, 4, 1, 1))
  graph.weights.set('rows', list(1, 4, -1))
  graph.weights.set('picture', list(1, 4, 6, 6))
  addNode(graph, 'Reshape', ['scale', 'scale-sides'], 'wide')
  addNode(graph, 'Mul', ['x', 'wide'], 'scaled')
  addNode(graph, 'Reshape', ['scaled', 'rows'], 'flat')
  addNode(graph, 'Softmax', ['flat'], 'soft', { axis: int(-1) })
  addNode(graph, 'Reshape', ['soft', 'picture'], 'back')
  addNode(graph, 'AveragePool', ['back'], 'pooled', { kernel_shape: ints(6, 6) })
  addNode(graph, 'Resize', ['pooled', '', '', 'picture'], 'spread')
  addNode(graph, 'Add', ['scaled', 'spread'], 'y')
  return graph
}

function pictureOf({ shape, data }: Tensor, index: number): Tensor {
  const one = sizeOf(shape.slice(1))
  const values = Float32Array.from(data, Number).slice(index * one, (index + 1) * one)
  return floatTensor([1, ...shape.slice(1)], values)
}

describe('A network that was exported for one picture', () => {
  test('computes a batch as its pictures one by one', async () => {
    const [one, three] = [forOnePicture(), forOnePicture()]
    fixShapes(one, {})
    fixShapes(three, { x: [3, 4, 6, 6] })
    expect(shapeOf(three, 'y')).toEqual([3, 4, 6, 6])
    expect(shapeOf(three, 'wide')).toEqual([1, 4, 1, 1])
    const x = noiseTensor([3, 4, 6, 6])
    const batch = (await runOutputs(three, { x })).get('y')
    if (!batch) throw new Error('there is no y')
    for (const index of [0, 1, 2]) {
      const alone = (await runOutputs(one, { x: pictureOf(x, index) })).get('y')
      expect(largestDifference(pictureOf(batch, index).data, alone?.data ?? [])).toBeLessThan(1e-6)
    }
  })

  test('goes from batch to batch', async () => {
    const graph = await exportedNetwork('deeplab')
    for (const batch of [1, 4, 2]) {
      fixShapes(graph, { image: [batch, 3, 33, 50] })
      expect(shapeOf(graph, 'logits')).toEqual([batch, 4, 33, 50])
      const feeds = { image: noiseTensor([batch, 3, 33, 50]) }
      const logits = (await runOutputs(copyGraph(graph), feeds)).get('logits')
      expect(logits?.shape).toEqual([batch, 4, 33, 50])
    }
  })
})
