import { describe, expect, test } from 'vitest'
import { copyGraph } from '../../../src/engine/onnx/copy.ts'
import { evaluatedOperators } from '../../../src/engine/onnx/evaluate.ts'
import { foldConstants } from '../../../src/engine/onnx/fold-constants.ts'
import { addNode, emptyGraph, type Graph } from '../../../src/engine/onnx/graph.ts'
import { type Tensor, tensorOf } from '../../../src/engine/onnx/tensor.ts'
import { largestDifference } from '../../fixtures/difference.ts'
import { noiseTensor, runOutputs } from '../../fixtures/run-values.ts'
import {
  caseGraph,
  flags,
  int,
  ints,
  list,
  number,
  real,
  reals,
  type ShapeCase,
  type ShapeCases,
} from '../../fixtures/shape-cases/shape-case.ts'

const table = noiseTensor([2, 3, 4])
const halves = tensorOf('float32', [2, 3], [-1.5, -0.5, 0.5, 1.5, 2.5, 0])
const whole = (...values: number[]): Tensor => tensorOf('int64', [2, 2], values)
const truths = flags([2, 2], 1, 0, 1, 1)

const each = (operators: string, ...rows: ShapeCase[]): ShapeCases =>
  Object.fromEntries(operators.split(' ').map((operator) => [operator, rows]))

const pairs: ShapeCase[] = [
  { inputs: [whole(7, -7, 9, 4), list(2, -3)] },
  { inputs: [table, tensorOf('float32', [3, 1], [0.5, -0.25, 3])] },
]

const cases: ShapeCases = {
  ...each('Abs Ceil Floor Identity Neg Relu Round Sigmoid Sign Tanh Exp', {
    inputs: [halves],
  }),
  ...each('Log Sqrt Reciprocal', { inputs: [reals(0.25, 3, 9)] }),
  ...each('Add Sub Mul Div Equal Greater Less GreaterOrEqual LessOrEqual Min Max', ...pairs),
  Sum: [{ inputs: [table, real(2), table] }],
  Pow: [{ inputs: [whole(2, 3, -2, 5), list(3, 2)] }, { inputs: [reals(2, 9), reals(0.5, -1)] }],
  ...each('And Or Xor', { inputs: [truths, flags([2], 0, 1)] }),
  Not: [{ inputs: [truths] }],
  Mod: [
    { inputs: [whole(7, -7, 9, 4), list(2, -3)] },
    { inputs: [reals(5.5, -5.5), reals(2, 2)], attributes: { fmod: int(1) } },
  ],
  Cast: [
    { inputs: [halves], attributes: { to: int(7) } },
    { inputs: [halves], attributes: { to: int(6) } },
    { inputs: [halves], attributes: { to: int(9) } },
    { inputs: [whole(1, 0, -3, 4)], attributes: { to: int(1) } },
  ],
  CastLike: [{ inputs: [halves, list(1)] }],
  Where: [{ inputs: [truths, list(1, 2), whole(3, 4, 5, 6)] }],
  Clip: [
    { inputs: [halves, real(-1)] },
    { inputs: [halves], attributes: { max: { float: 1 } }, opset: 6 },
  ],
  Reshape: [{ inputs: [table, list(4, -1)] }],
  Flatten: [{ inputs: [table] }],
  Squeeze: [{ inputs: [noiseTensor([1, 3]), list(0)] }],
  Unsqueeze: [{ inputs: [table, list(1)] }],
  Transpose: [{ inputs: [table] }, { inputs: [table], attributes: { perm: ints(1, 2, 0) } }],
  Slice: [
    { inputs: [table, list(0, -1), list(2, -9), list(1, 2), list(1, -2)] },
    { inputs: [table], attributes: { starts: ints(1), ends: ints(2) }, opset: 9 },
  ],
  Expand: [{ inputs: [noiseTensor([3, 1]), list(2, 1, 4)] }],
  Tile: [{ inputs: [table, list(2, 1, 3)] }],
  Gather: [
    { inputs: [table, whole(0, 2, 1, -1)], attributes: { axis: int(1) } },
    { inputs: [list(5, 6, 7), number(-1)] },
  ],
  Concat: [{ inputs: [table, noiseTensor([2, 1, 4], 5), table], attributes: { axis: int(1) } }],
  Split: [{ inputs: [table, list(1, 3)], attributes: { axis: int(2) }, results: 2 }],
  Shape: [{ inputs: [table], attributes: { start: int(-2) } }],
  Size: [{ inputs: [table] }],
  ...each('ReduceSum ReduceMean ReduceProd ReduceMax ReduceMin', { inputs: [table] }),
  ReduceProd: [{ inputs: [table], attributes: { axes: ints(0, 2) } }, { inputs: [list(2, 3, 4)] }],
  ReduceMean: [{ inputs: [table], attributes: { axes: ints(1), keepdims: int(0) } }],
  Constant: [{ inputs: [], attributes: { value_ints: ints(4, 5) } }],
  ConstantOfShape: [
    { inputs: [list(2, 2)], attributes: { value: { tensor: list(7) } } },
    { inputs: [list(3)] },
  ],
  Range: [
    { inputs: [number(2), number(9), number(3)] },
    { inputs: [real(1), real(-1), real(-0.3)] },
  ],
}

/** The node's results go through Identity, as nodes that compute outputs are not folded. */
function withIdentities(graph: Graph): Graph {
  for (const output of graph.outputs) {
    output.name = addNode(graph, 'Identity', [output.name], `${output.name}/same`)
  }
  return graph
}

describe('Constants', () => {
  const rows = Object.entries(cases).flatMap(([operator, list]) =>
    list.map((row, i) => ({ title: `${operator} (${i + 1})`, operator, row })),
  )

  test.each(rows)('are computed by $title as ONNX Runtime does', async ({ operator, row }) => {
    const graph = withIdentities(caseGraph(operator, row).graph)
    const expected = await runOutputs(graph, {})
    foldConstants(graph)
    expect(graph.nodes.map(({ op }) => op)).toEqual(graph.outputs.map(() => 'Identity'))
    for (const [name, { type, shape, data }] of await runOutputs(graph, {})) {
      expect([type, shape]).toEqual([expected.get(name)?.type, expected.get(name)?.shape])
      expect(largestDifference(data, expected.get(name)?.data ?? [])).toBeLessThan(1e-6)
    }
  })

  test('are tried for every operator that is computed', () => {
    expect(evaluatedOperators.filter((operator) => !(operator in cases))).toEqual([])
  })
})

function sketch(): Graph {
  const graph = emptyGraph('sketch')
  graph.inputs.push({ name: 'x', type: 'float32', shape: ['batch', 3] })
  graph.outputs.push({ name: 'y', type: 'float32', shape: null })
  return graph
}

describe('Folding constants', () => {
  test('follows chains, and leaves what an input reaches', async () => {
    const graph = sketch()
    graph.weights.set('w', noiseTensor([4, 3]))
    graph.weights.set('two', real(2))
    addNode(graph, 'Transpose', ['w'], 't')
    addNode(graph, 'Mul', ['t', 'two'], 'm')
    addNode(graph, 'MatMul', ['x', 'm'], 'y')
    const feeds = { x: noiseTensor([2, 3], 4) }
    const before = await runOutputs(copyGraph(graph), feeds)
    foldConstants(graph)
    expect(graph.nodes.map(({ op }) => op)).toEqual(['MatMul'])
    expect([...graph.weights.keys()]).toEqual(['m'])
    expect(await runOutputs(graph, feeds)).toEqual(before)
  })

  test('knows no shape with free sides', () => {
    const graph = sketch()
    addNode(graph, 'Shape', ['x'], 's')
    addNode(graph, 'ConstantOfShape', ['s'], 'y')
    foldConstants(graph)
    expect(graph.nodes.map(({ op }) => op)).toEqual(['Shape', 'ConstantOfShape'])
  })

  test('makes no large weight out of a small one', () => {
    const graph = sketch()
    graph.weights.set('one', real(1))
    graph.weights.set('sides', list(1000, 1000))
    addNode(graph, 'Expand', ['one', 'sides'], 'large')
    addNode(graph, 'ReduceSum', ['large'], 'sum')
    addNode(graph, 'Add', ['x', 'sum'], 'y')
    foldConstants(graph)
    expect(graph.nodes.map(({ op }) => op)).toEqual(['Expand', 'ReduceSum', 'Add'])
  })

  test('leaves 16 bit floats to ONNX Runtime', () => {
    const graph = sketch()
    graph.weights.set('half', tensorOf('float16', [1], [0x3c00]))
    addNode(graph, 'Neg', ['half'], 'minus')
    addNode(graph, 'Cast', ['minus'], 'real', { to: int(1) })
    addNode(graph, 'Add', ['x', 'real'], 'y')
    foldConstants(graph)
    expect(graph.nodes.map(({ op }) => op)).toEqual(['Neg', 'Cast', 'Add'])
  })
})
