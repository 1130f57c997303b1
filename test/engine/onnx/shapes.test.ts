import { describe, expect, test } from 'vitest'
import { builtInOriginal, convertBuiltIn } from '../../../src/engine/models/built-in.ts'
import { copyGraph } from '../../../src/engine/onnx/copy.ts'
import { addNode, emptyGraph, type Graph } from '../../../src/engine/onnx/graph.ts'
import { fixShapes, shapeOf } from '../../../src/engine/onnx/shapes.ts'
import { floatTensor, intTensor, tensorOf } from '../../../src/engine/onnx/tensor.ts'
import { expectAsComputed } from '../../fixtures/as-computed.ts'
import { caught } from '../../fixtures/caught.ts'
import { exportedNetwork } from '../../fixtures/exported-network.ts'
import { noiseTensor } from '../../fixtures/run-values.ts'

const builtIn = await convertBuiltIn(builtInOriginal())
const exported = {
  unet: await exportedNetwork('unet'),
  deeplab: await exportedNetwork('deeplab'),
}

describe('Fixed shapes', () => {
  test.each([
    [1, 33, 47],
    [2, 48, 32],
    [1, 65, 65],
  ])('of the built-in network are those of ONNX Runtime at %i x 3 x %i x %i', async (n, h, w) => {
    const feeds = { image: noiseTensor([n, 3, h, w]) }
    const { outputs } = await expectAsComputed(builtIn, feeds)
    const shape = [n, 21, Math.ceil(h / 8), Math.ceil(w / 8)]
    expect(outputs).toEqual([{ name: 'logits', type: 'float32', shape }])
  })

  test.each([
    ['unet', 3, 1, 32, 48],
    ['unet', 3, 2, 20, 28],
    ['deeplab', 4, 1, 33, 50],
    ['deeplab', 4, 3, 64, 32],
  ] as const)(
    'of %s, exported by PyTorch, are those of ONNX Runtime',
    async (name, classes, n, h, w) => {
      const graph = await expectAsComputed(exported[name], { image: noiseTensor([n, 3, h, w]) })
      expect(shapeOf(graph, 'logits')).toEqual([n, classes, h, w])
      expect(shapeOf(graph, 'image')).toEqual([n, 3, h, w])
    },
  )

  test('leave nothing that is computed from shapes', () => {
    const graph = copyGraph(exported.deeplab)
    fixShapes(graph, { image: [1, 3, 33, 50] })
    const operators = new Set(graph.nodes.map(({ op }) => op))
    expect(['Shape', 'Squeeze', 'Add', 'Div', 'Reshape'].filter((op) => operators.has(op))).toEqual(
      ['Add', 'Div'],
    )
    const sizes = graph.nodes
      .filter(({ op }) => op === 'Resize')
      .map(({ inputs }) => inputs[3] ?? '')
    expect(sizes.map((name) => graph.weights.get(name))).toEqual([
      intTensor([1, 16, 5, 7]),
      intTensor([1, 4, 33, 50]),
    ])
  })

  test('may be fixed again', () => {
    const graph = copyGraph(exported.unet)
    fixShapes(graph, { image: [1, 3, 32, 32] })
    fixShapes(graph, { image: [2, 3, 16, 48] })
    expect(shapeOf(graph, 'logits')).toEqual([2, 3, 16, 48])
  })
})

/** A graph with the input x [2, 3, 8, 8] and the output y. */
function sketch(build: (graph: Graph) => void): Graph {
  const graph = emptyGraph('sketch')
  graph.inputs.push({ name: 'x', type: 'float32', shape: ['batch', 3, 'height', 'width'] })
  graph.outputs.push({ name: 'y', type: 'float32', shape: null })
  build(graph)
  return graph
}

const shape = [2, 3, 8, 8]
const fixed = (graph: Graph): Graph => {
  fixShapes(graph, { x: shape })
  return graph
}

describe('Fixing shapes', () => {
  test('computes scales that an exporter derives from shapes, in real numbers', async () => {
    const graph = sketch((draft) => {
      draft.weights.set('two', intTensor([2]))
      draft.weights.set('ends', intTensor([4]))
      draft.weights.set('half', floatTensor([], Float32Array.of(0.5)))
      draft.weights.set('ones', floatTensor([2], Float32Array.of(1, 1)))
      addNode(draft, 'Shape', ['x'], 'shape')
      addNode(draft, 'Slice', ['shape', 'two', 'ends'], 'sides')
      addNode(draft, 'Cast', ['sides'], 'real', { to: { int: 1 } })
      addNode(draft, 'Mul', ['real', 'half'], 'halved')
      addNode(draft, 'Floor', ['halved'], 'floor')
      addNode(draft, 'Div', ['floor', 'real'], 'scale')
      addNode(draft, 'Concat', ['ones', 'scale'], 'scales', { axis: { int: 0 } })
      addNode(draft, 'Resize', ['x', '', 'scales'], 'y')
    })
    const result = await expectAsComputed(graph, { x: noiseTensor(shape) })
    expect(result.nodes.map(({ op }) => op)).toEqual(['Resize'])
    expect(shapeOf(result, 'y')).toEqual([2, 3, 4, 4])
  })

  test('leaves what is computed from real weights, which may be trained', () => {
    const graph = sketch((draft) => {
      draft.weights.set('w', floatTensor([8, 8], new Float32Array(64)))
      draft.weights.set('s', floatTensor([], Float32Array.of(2)))
      draft.weights.set('first', tensorOf('int64', [], [0]))
      addNode(draft, 'Transpose', ['w'], 'turned')
      addNode(draft, 'Mul', ['turned', 's'], 'scaled')
      addNode(draft, 'Gather', ['w', 'first'], 'row')
      addNode(draft, 'MatMul', ['x', 'scaled'], 'product')
      addNode(draft, 'Add', ['product', 'row'], 'y')
    })
    expect(fixed(graph).nodes).toHaveLength(5)
    expect(shapeOf(graph, 'scaled')).toEqual([8, 8])
    expect(shapeOf(graph, 'row')).toEqual([8])
  })

  test('leaves single weights that are laid out in another way: they may be trained', () => {
    const graph = sketch((draft) => {
      draft.weights.set('slope', floatTensor([1], Float32Array.of(0.25)))
      draft.weights.set('axes', intTensor([1, 2]))
      draft.weights.set('two', intTensor([2]))
      addNode(draft, 'Unsqueeze', ['slope', 'axes'], 'wide')
      addNode(draft, 'PRelu', ['x', 'wide'], 'p')
      addNode(draft, 'Shape', ['x'], 'shape')
      addNode(draft, 'Div', ['shape', 'two'], 'half')
      addNode(draft, 'Expand', ['slope', 'half'], 'large')
      addNode(draft, 'ReduceMean', ['large'], 'mean')
      addNode(draft, 'Mul', ['p', 'mean'], 'y')
    })
    expect(fixed(graph).nodes.map(({ op }) => op)).toEqual([
      'Unsqueeze',
      'PRelu',
      'Expand',
      'ReduceMean',
      'Mul',
    ])
  })

  test('names operator and node where there is no rule', () => {
    const graph = sketch((draft) => {
      addNode(draft, 'NonZero', ['x'], 'y')
    })
    const error = caught(() => fixed(graph))
    expect(error).toMatchObject({ code: 'unsupported-model' })
    expect(error.message).toContain("node 'y' (NonZero)")
  })

  test('names the operands that do not fit each other', () => {
    const graph = sketch((draft) => {
      draft.weights.set('w', floatTensor([4, 1, 1], new Float32Array(4)))
      addNode(draft, 'Add', ['x', 'w'], 'y')
    })
    expect(caught(() => fixed(graph)).message).toBe(
      "node 'y' (Add): its operands [2,3,8,8] and [4,1,1] do not fit each other",
    )
  })

  test('says which shape depends on the picture', () => {
    const graph = sketch((draft) => {
      addNode(draft, 'ReduceMax', ['x'], 'top')
      addNode(draft, 'Cast', ['top'], 'size', { to: { int: 7 } })
      addNode(draft, 'Expand', ['x', 'size'], 'y')
    })
    expect(caught(() => fixed(graph)).message).toContain("its input 'size' depends on the picture")
  })

  test('wants every free side given', () => {
    const graph = sketch((draft) => {
      addNode(draft, 'Relu', ['x'], 'y')
    })
    expect(caught(() => fixShapes(graph, {}))).toMatchObject({ code: 'internal' })
    expect(caught(() => fixShapes(graph, { x: [1, 2] }))).toMatchObject({ code: 'internal' })
  })
})
