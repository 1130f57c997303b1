import { describe, expect, test } from 'vitest'
import { addNode, addWeight, emptyGraph, type Graph } from '../../../src/engine/onnx/graph.ts'
import { splitConcat } from '../../../src/engine/onnx/split-concat.ts'
import { floatTensor, sizeOf } from '../../../src/engine/onnx/tensor.ts'
import { largestDifference } from '../../fixtures/difference.ts'
import { runGraph } from '../../fixtures/run-graph.ts'
import { noise } from '../../fixtures/tfjs-graph.ts'

const shape = [2, 6, 5, 7]

function conv(graph: Graph, input: string, output: string, sides: number[]): string {
  const values = Float32Array.from(noise(sizeOf(sides), output.length))
  const bias = floatTensor([sides[0] ?? 0], values.slice(0, sides[0]))
  const weight = addWeight(graph, `${output}.w`, floatTensor(sides, values))
  return addNode(graph, 'Conv', [input, weight, addWeight(graph, `${output}.b`, bias)], output)
}

/** Features and a pooled picture spread beside them, in the order given, and a convolution of both. */
function sketch(order: ('spread' | 'a' | 'b')[], kernel = 1): Graph {
  const graph = emptyGraph('sketch')
  graph.inputs.push({ name: 'x', type: 'float32', shape })
  conv(graph, 'x', 'a', [4, 6, 1, 1])
  conv(graph, 'x', 'b', [3, 6, 1, 1])
  addNode(graph, 'GlobalAveragePool', ['x'], 'mean')
  conv(graph, 'mean', 'pool', [5, 6, 1, 1])
  addNode(graph, 'Relu', ['pool'], 'pooled')
  addNode(graph, 'Shape', ['x'], 'shape')
  const sizes = addWeight(graph, 'sizes', {
    type: 'int64',
    shape: [4],
    data: BigInt64Array.of(2n, 5n, 5n, 7n),
  })
  addNode(graph, 'Expand', ['pooled', sizes], 'spread')
  addNode(graph, 'Concat', order, 'all', { axis: { int: 1 } })
  const channels = order.reduce((sum, name) => sum + { spread: 5, a: 4, b: 3 }[name], 0)
  conv(graph, 'all', 'y', [6, channels, kernel, kernel])
  graph.outputs.push({ name: 'y', type: 'float32', shape: null })
  return graph
}

async function splitDifference(graph: Graph): Promise<number> {
  const before = await runGraph(graph, shape)
  splitConcat(graph)
  return largestDifference(before, await runGraph(graph, shape))
}

describe('A convolution of features and a spread picture of one pixel', () => {
  test.each<[string, ('spread' | 'a' | 'b')[]]>([
    ['first', ['spread', 'a']],
    ['last', ['a', 'b', 'spread']],
  ])('multiplies it once when it comes %s', async (_title, order) => {
    const graph = sketch(order)
    expect(await splitDifference(graph)).toBeLessThan(2e-6)
    expect(graph.nodes.map(({ op }) => op)).not.toContain('Expand')
    expect(graph.nodes.at(-1)?.op).toBe('Add')
  })

  test.each<[string, Graph]>([
    ['when it comes in the middle', sketch(['a', 'spread', 'b'])],
    ['when the convolution looks at neighbours', sketch(['spread', 'a'], 3)],
    ['when there is none', sketch(['a', 'b'])],
  ])('stays as it is %s', async (_title, graph) => {
    expect(await splitDifference(graph)).toBe(0)
    expect(graph.nodes.map(({ op }) => op)).toContain('Concat')
    expect(graph.nodes.at(-1)?.op).toBe('Conv')
  })
})
