import { describe, expect, test } from 'vitest'
import { builtInOriginal, convertBuiltIn } from '../../../../src/engine/models/built-in.ts'
import { addNode, emptyGraph, type Graph } from '../../../../src/engine/onnx/graph.ts'
import { intTensor, tensorOf } from '../../../../src/engine/onnx/tensor.ts'
import { trainableWeights } from '../../../../src/engine/train/graph/parameters.ts'
import { exportedNetwork } from '../../../fixtures/exported-network.ts'
import { noiseTensor } from '../../../fixtures/run-values.ts'

/** A graph of x, [2, 3, 4, 4], and y. */
function sketch(weights: Record<string, number[]>): Graph {
  const graph = emptyGraph('sketch')
  graph.inputs.push({ name: 'x', type: 'float32', shape: [2, 3, 4, 4] })
  graph.outputs.push({ name: 'y', type: 'float32', shape: null })
  for (const [name, shape] of Object.entries(weights)) graph.weights.set(name, noiseTensor(shape))
  return graph
}

const conv = { w: [3, 3, 1, 1], b: [3] }

describe('The weights that can be trained', () => {
  test('are those of all layers of an exported U-Net, folded batch normalisation included', async () => {
    const graph = await exportedNetwork('unet')
    const layers = graph.nodes.flatMap(({ op, inputs }) =>
      op.startsWith('Conv') ? inputs.slice(1) : [],
    )
    expect(layers).toHaveLength(25)
    expect(trainableWeights(graph)).toEqual(layers)
    expect(new Set(layers)).toEqual(new Set(graph.weights.keys()))
  })

  test('of an exported DeepLab leave out statistics, bounds, sizes and the mean of pictures', async () => {
    const graph = await exportedNetwork('deeplab')
    const found = trainableWeights(graph)
    const others = [...graph.weights].filter(([name]) => !found.includes(name))
    const real = others.filter(([, { type }]) => type === 'float32').map(([name]) => name)
    expect(real.toSorted()).toEqual([
      'deviation',
      'max_val_cast',
      'mean',
      'min_val_cast',
      'normalise.running_mean',
      'normalise.running_var',
    ])
    expect(found[0]).toBe('stem.0.weight')
    expect(found.slice(-2)).toEqual(['last.weight', 'last.bias'])
    expect(found).toEqual(expect.arrayContaining(['normalise.weight', 'normalise.bias']))
    const [slope = ''] = graph.nodes.find(({ op }) => op === 'PRelu')?.inputs.slice(1) ?? []
    expect(found).toContain(slope)
  })

  test('of the built-in network are its 55 kernels and biases', async () => {
    const graph = await convertBuiltIn(builtInOriginal())
    const found = trainableWeights(graph)
    expect(found.filter((name) => name.endsWith('/weight'))).toHaveLength(55)
    expect(found.filter((name) => name.endsWith('/bias'))).toHaveLength(55)
    expect(found).toHaveLength(110)
  })

  test('are constants that scale and shift channels, but no numbers of formulas', () => {
    const graph = sketch({ ...conv, scale: [3, 1, 1], shift: [1, 3, 1, 1], half: [] })
    addNode(graph, 'Conv', ['x', 'w', 'b'], 'c')
    addNode(graph, 'Mul', ['scale', 'c'], 'm')
    addNode(graph, 'Mul', ['m', 'half'], 'h')
    addNode(graph, 'Add', ['h', 'shift'], 'y')
    expect(trainableWeights(graph)).toEqual(['w', 'b', 'scale', 'shift'])
  })

  test('are found behind nodes that lay them out, and listed once', () => {
    const graph = sketch({ w: [4, 4], b: [4] })
    graph.weights.set('sides', intTensor([1, 4]))
    addNode(graph, 'Transpose', ['w'], 't')
    addNode(graph, 'Reshape', ['b', 'sides'], 'row')
    addNode(graph, 'MatMul', ['x', 't'], 'm')
    addNode(graph, 'Add', ['m', 'row'], 'a')
    addNode(graph, 'MatMul', ['a', 'w'], 'y')
    expect(trainableWeights(graph)).toEqual(['w', 'b'])
  })

  test('leave out what no output needs, what is no float32, and what is shared with statistics', () => {
    const graph = sketch({ ...conv, zeros: [3], ones: [3], unused: [3, 3, 1, 1] })
    graph.weights.set('w16', tensorOf('float16', [3, 3, 1, 1], Array(9).fill(0x3c00)))
    addNode(graph, 'Conv', ['x', 'w', 'b'], 'c')
    addNode(graph, 'BatchNormalization', ['c', 'ones', 'zeros', 'zeros', 'ones'], 'y')
    addNode(graph, 'Conv', ['x', 'unused'], 'aside')
    addNode(graph, 'Conv', ['x', 'w16'], 'aside16')
    graph.outputs.push({ name: 'aside16', type: null, shape: null })
    expect(trainableWeights(graph)).toEqual(['w', 'b'])
  })
})
