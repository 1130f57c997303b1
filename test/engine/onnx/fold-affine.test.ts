import { describe, expect, test } from 'vitest'
import { foldAffine } from '../../../src/engine/onnx/fold-affine.ts'
import { addNode, addWeight, emptyGraph, type Graph } from '../../../src/engine/onnx/graph.ts'
import { floatTensor, sizeOf } from '../../../src/engine/onnx/tensor.ts'
import { largestDifference } from '../../fixtures/difference.ts'
import { runGraph } from '../../fixtures/run-graph.ts'
import { noise } from '../../fixtures/tfjs-graph.ts'

const channels = 4
const shape = [1, channels, 5, 6]

class Sketch {
  readonly graph: Graph = emptyGraph('sketch')

  constructor() {
    this.graph.inputs.push({ name: 'x', type: 'float32', shape })
  }

  weight(name: string, sides: number[], values = noise(sizeOf(sides), name.length)): string {
    return addWeight(this.graph, name, floatTensor(sides, Float32Array.from(values)))
  }

  add(op: string, inputs: string[], output: string): string {
    return addNode(this.graph, op, inputs, output)
  }

  conv(input: string, output: string): string {
    const weight = this.weight(`${output}.w`, [channels, channels, 1, 1])
    return this.add('Conv', [input, weight, this.weight(`${output}.b`, [channels])], output)
  }

  output(name: string): void {
    this.graph.outputs.push({ name, type: 'float32', shape })
  }

  get operators(): string[] {
    return this.graph.nodes.map(({ op }) => op)
  }
}

async function foldedDifference({ graph }: Sketch): Promise<number> {
  const before = await runGraph(graph, shape)
  foldAffine(graph)
  return largestDifference(before, await runGraph(graph, shape))
}

describe('Folding', () => {
  test('takes batch normalisation, products, sums, differences and quotients into a convolution', async () => {
    const sketch = new Sketch()
    sketch.conv('x', 'c')
    const each = [1, channels, 1, 1]
    sketch.add('Mul', ['c', sketch.weight('factor', each)], 'm')
    sketch.add('Add', [sketch.weight('term', [channels, 1, 1]), 'm'], 'a')
    sketch.add('Sub', [sketch.weight('from', [1]), 'a'], 's')
    sketch.add('Sub', ['s', sketch.weight('minus', each)], 't')
    sketch.add('Div', ['t', sketch.weight('by', [], [0.7])], 'd')
    const statistics = ['gamma', 'beta', 'mean'].map((name) => sketch.weight(name, [channels]))
    const variance = sketch.weight('variance', [channels], [0.5, 1.5, 0.01, 3])
    sketch.add('BatchNormalization', ['d', ...statistics, variance], 'y')
    sketch.output('y')
    expect(await foldedDifference(sketch)).toBeLessThan(2e-5)
    expect(sketch.operators).toEqual(['Conv'])
    expect([...sketch.graph.weights.keys()]).toEqual(['y/weight', 'y/bias'])
  })

  test('takes a bias that comes after a sum into the convolution that is summed', async () => {
    const sketch = new Sketch()
    sketch.add('Add', ['x', sketch.conv('x', 'c')], 'sum')
    sketch.add('Add', ['sum', sketch.weight('late', [1, channels, 1, 1])], 'y')
    sketch.output('y')
    expect(await foldedDifference(sketch)).toBeLessThan(1e-6)
    expect(sketch.operators).toEqual(['Conv', 'Add'])
  })

  test('leaves a factor after a sum where it is', async () => {
    const sketch = new Sketch()
    sketch.add('Add', ['x', sketch.conv('x', 'c')], 'sum')
    sketch.add('Mul', ['sum', sketch.weight('factor', [1, channels, 1, 1])], 'y')
    sketch.output('y')
    expect(await foldedDifference(sketch)).toBe(0)
    expect(sketch.operators).toEqual(['Conv', 'Add', 'Mul'])
  })

  test('leaves what somebody else uses, and what differs from pixel to pixel', async () => {
    const sketch = new Sketch()
    sketch.conv('x', 'c')
    sketch.add('Mul', ['c', sketch.weight('factor', [1, channels, 1, 1])], 'm')
    sketch.add('Add', ['c', 'm'], 'both')
    sketch.conv('both', 'e')
    sketch.add('Add', ['e', sketch.weight('map', [1, 1, 5, 6])], 'y')
    sketch.output('y')
    expect(await foldedDifference(sketch)).toBe(0)
    expect(sketch.operators).toEqual(['Conv', 'Mul', 'Add', 'Conv', 'Add'])
  })

  test('does not change weights that another convolution shares', async () => {
    const sketch = new Sketch()
    sketch.conv('x', 'c')
    sketch.add('Conv', ['x', 'c.w', 'c.b'], 'd')
    sketch.add('Mul', ['c', sketch.weight('factor', [1, channels, 1, 1])], 'm')
    sketch.add('Add', ['m', 'd'], 'y')
    sketch.output('y')
    expect(await foldedDifference(sketch)).toBeLessThan(1e-6)
    expect(sketch.operators).toEqual(['Conv', 'Conv', 'Add'])
  })
})
