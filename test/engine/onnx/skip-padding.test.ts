import { describe, expect, test } from 'vitest'
import { addNode, addWeight, emptyGraph, type Graph } from '../../../src/engine/onnx/graph.ts'
import { fixShapes } from '../../../src/engine/onnx/shapes.ts'
import { skipPadding } from '../../../src/engine/onnx/skip-padding.ts'
import { floatTensor } from '../../../src/engine/onnx/tensor.ts'
import { largestDifference } from '../../fixtures/difference.ts'
import { goldenFloat32 } from '../../fixtures/golden-hash.ts'
import { runGraph } from '../../fixtures/run-graph.ts'

interface Sides {
  height: number
  width: number
  dilation: number
}

/** A dilated 3x3 convolution, 4 to 5 channels, with ReLU. */
function dilatedNetwork({ height, width, dilation }: Sides): Graph {
  const graph = emptyGraph('dilated')
  graph.inputs = [{ name: 'x', type: 'float32', shape: ['n', 4, 'h', 'w'] }]
  graph.outputs = [{ name: 'y', type: 'float32', shape: null }]
  addWeight(graph, 'w', floatTensor([5, 4, 3, 3], goldenFloat32('w', 180)))
  addWeight(graph, 'b', floatTensor([5], goldenFloat32('b', 5)))
  addNode(graph, 'Conv', ['x', 'w', 'b'], 'c', {
    kernel_shape: { ints: [3, 3] },
    dilations: { ints: [dilation, dilation] },
    pads: { ints: [dilation, dilation, dilation, dilation] },
  })
  addNode(graph, 'Relu', ['c'], 'y')
  fixShapes(graph, { x: [2, 4, height, width] })
  return graph
}

const convolutions = (graph: Graph) => graph.nodes.filter(({ op }) => op === 'Conv').length

describe('Skipping the padding of dilated convolutions', () => {
  test.each([
    ['three bands that overlap', { height: 12, width: 16, dilation: 6 }, 3],
    ['two bands and a middle of one tap', { height: 5, width: 9, dilation: 7 }, 3],
    ['bands that meet in the middle', { height: 7, width: 12, dilation: 6 }, 2],
    ['one tap alone', { height: 9, width: 8, dilation: 8 }, 1],
    ['a picture smaller than the dilation', { height: 20, width: 3, dilation: 8 }, 1],
  ])('gives the same numbers: %s', async (_, sides, bands) => {
    const shape = [2, 4, sides.height, sides.width]
    const plain = await runGraph(dilatedNetwork(sides), shape)
    const graph = dilatedNetwork(sides)
    skipPadding(graph)
    expect(convolutions(graph)).toBe(bands)
    expect(largestDifference(await runGraph(graph, shape), plain)).toBeLessThan(1e-5)
  })

  test('leaves wide pictures and near taps alone', () => {
    const wide = dilatedNetwork({ height: 12, width: 64, dilation: 6 })
    const near = dilatedNetwork({ height: 4, width: 4, dilation: 2 })
    for (const graph of [wide, near]) {
      expect(skipPadding(graph)).toBe(0)
      expect(convolutions(graph)).toBe(1)
    }
  })
})
