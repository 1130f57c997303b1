import { describe, expect, test } from 'vitest'
import { addNode, addWeight, emptyGraph, type Graph } from '../../../src/engine/onnx/graph.ts'
import { fixShapes } from '../../../src/engine/onnx/shapes.ts'
import { floatTensor } from '../../../src/engine/onnx/tensor.ts'
import { winograd } from '../../../src/engine/onnx/winograd.ts'
import { largestDifference } from '../../fixtures/difference.ts'
import { goldenFloat32 } from '../../fixtures/golden-hash.ts'
import { runGraph } from '../../fixtures/run-graph.ts'

interface Layer {
  height: number
  width: number
  dilation?: number
  channels?: number
  filters?: number
  pictures?: number
  biased?: boolean
  attributes?: Record<string, { ints: number[] } | { int: number }>
}

/** A 3x3 convolution that keeps the picture's size, and ReLU. */
function network(layer: Layer): { graph: Graph; shape: number[] } {
  const { height, width, dilation = 1, channels = 512, filters = 512, pictures = 1 } = layer
  const shape = [pictures, channels, height, width]
  const graph = emptyGraph('layer')
  graph.inputs = [{ name: 'x', type: 'float32', shape }]
  graph.outputs = [{ name: 'y', type: 'float32', shape: null }]
  const weights = goldenFloat32('w', filters * channels * 9).map((value) => value / 30)
  addWeight(graph, 'w', floatTensor([filters, channels, 3, 3], weights))
  addWeight(graph, 'b', floatTensor([filters], goldenFloat32('b', filters)))
  addNode(graph, 'Conv', layer.biased === false ? ['x', 'w'] : ['x', 'w', 'b'], 'c', {
    kernel_shape: { ints: [3, 3] },
    dilations: { ints: [dilation, dilation] },
    pads: { ints: [dilation, dilation, dilation, dilation] },
    ...layer.attributes,
  })
  addNode(graph, 'Relu', ['c'], 'y')
  fixShapes(graph, { x: shape })
  return { graph, shape }
}

describe('Winograd’s filtering', () => {
  test.each<[string, Layer]>([
    ['whole tiles', { height: 16, width: 24 }],
    ['tiles that reach over the edge', { height: 15, width: 22 }],
    ['two pictures', { height: 8, width: 8, pictures: 2 }],
    ['no bias', { height: 12, width: 12, biased: false }],
    ['taps two pixels apart', { height: 16, width: 32, dilation: 2 }],
    ['taps four pixels apart, edges within tiles', { height: 31, width: 63, dilation: 4 }],
    ['two pictures with taps apart', { height: 16, width: 16, dilation: 2, pictures: 2 }],
    ['three pixels that belong together', { height: 24, width: 23, dilation: 8 }],
    ['two pixels that belong together', { height: 24, width: 22, dilation: 12 }],
  ])('gives a convolution’s numbers: %s', async (_, layer) => {
    const { graph, shape } = network(layer)
    const plain = await runGraph(graph, shape)
    const largest = plain.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    expect(winograd(graph)).toBe(1)
    expect(graph.nodes.some(({ op }) => op === 'MatMul')).toBe(true)
    expect(largestDifference(await runGraph(graph, shape), plain)).toBeLessThan(2e-5 * largest)
  })

  test.each<[string, Layer]>([
    ['few channels', { height: 64, width: 64, channels: 32, filters: 32 }],
    ['taps that all lie beside the picture but one', { height: 8, width: 8, dilation: 12 }],
    ['strides', { height: 16, width: 16, attributes: { strides: { ints: [2, 2] } } }],
    [
      'groups',
      { height: 16, width: 16, filters: 512, channels: 1, attributes: { group: { int: 1 } } },
    ],
    [
      'a picture that grows or shrinks',
      { height: 16, width: 16, attributes: { pads: { ints: [0, 0, 0, 0] } } },
    ],
  ])('leaves others alone: %s', (_, layer) => {
    const { graph } = network(layer)
    expect(winograd(graph)).toBe(0)
    expect(graph.nodes.map(({ op }) => op)).toEqual(['Conv', 'Relu'])
  })

  test('leaves a convolution alone whose bias is computed', () => {
    const { graph } = network({ height: 16, width: 16 })
    graph.weights.delete('b')
    graph.inputs.push({ name: 'b', type: 'float32', shape: [512] })
    expect(winograd(graph)).toBe(0)
  })
})
