import { describe, expect, test } from 'vitest'
import { type Attribute, addNode, addWeight, emptyGraph } from '../../../src/engine/onnx/graph.ts'
import { mergePointwise } from '../../../src/engine/onnx/merge-pointwise.ts'
import { floatTensor } from '../../../src/engine/onnx/tensor.ts'
import { largestDifference } from '../../fixtures/difference.ts'
import { runGraph } from '../../fixtures/run-graph.ts'
import { noise } from '../../fixtures/tfjs-graph.ts'

const shape = [1, 6, 13, 21]

function start() {
  const graph = emptyGraph('sketch')
  graph.inputs.push({ name: 'x', type: 'float32', shape })
  return graph
}

function conv(
  graph: ReturnType<typeof start>,
  [input, output]: [string, string],
  [from, to]: [number, number],
  attributes: Record<string, Attribute> = {},
): string {
  const weight = floatTensor([to, from, 1, 1], Float32Array.from(noise(to * from, to)))
  const bias = floatTensor([to], Float32Array.from(noise(to, from)))
  const names = [addWeight(graph, `${output}.w`, weight), addWeight(graph, `${output}.b`, bias)]
  return addNode(graph, 'Conv', [input, ...names], output, attributes)
}

async function mergedDifference(graph: ReturnType<typeof start>): Promise<number> {
  const before = await runGraph(graph, shape)
  mergePointwise(graph)
  return largestDifference(before, await runGraph(graph, shape))
}

describe('Merging 1x1 convolutions', () => {
  test('makes one of two, and takes averages before the first', async () => {
    const graph = start()
    conv(graph, ['x', 'wide'], [6, 8])
    addNode(graph, 'GlobalAveragePool', ['wide'], 'average')
    conv(graph, ['wide', 'narrow'], [8, 3])
    conv(graph, ['average', 'pooled'], [8, 3])
    addNode(graph, 'Mul', ['narrow', 'pooled'], 'y')
    graph.outputs.push({ name: 'y', type: 'float32', shape: null })
    expect(await mergedDifference(graph)).toBeLessThan(2e-6)
    const convolutions = graph.nodes.filter(({ op }) => op === 'Conv')
    expect(convolutions.map(({ inputs }) => inputs[0])).toEqual(['average/squares', 'x', 'average'])
  })

  test.each<[string, (graph: ReturnType<typeof start>) => void]>([
    [
      'through a bottleneck, where two are cheaper',
      (graph) => {
        conv(graph, ['x', 'c'], [6, 1])
        conv(graph, ['c', 'y'], [1, 6])
      },
    ],
    [
      'whose middle is used elsewhere',
      (graph) => {
        conv(graph, ['x', 'c'], [6, 8])
        conv(graph, ['c', 'd'], [8, 8])
        addNode(graph, 'Add', ['c', 'd'], 'y')
      },
    ],
    [
      'of which one has a stride',
      (graph) => {
        conv(graph, ['x', 'c'], [6, 8])
        conv(graph, ['c', 'y'], [8, 3], { strides: { ints: [2, 2] } })
      },
    ],
  ])('leaves two %s', async (_title, build) => {
    const graph = start()
    build(graph)
    graph.outputs.push({ name: 'y', type: 'float32', shape: null })
    const operators = graph.nodes.length
    expect(await mergedDifference(graph)).toBe(0)
    expect(graph.nodes).toHaveLength(operators)
  })
})
