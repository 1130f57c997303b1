import { describe, expect, test } from 'vitest'
import { copyGraph } from '../../../src/engine/onnx/copy.ts'
import { toOwnOpset } from '../../../src/engine/onnx/own-opset.ts'
import { numbersOf, type Tensor } from '../../../src/engine/onnx/tensor.ts'
import { caught } from '../../fixtures/caught.ts'
import { largestDifference } from '../../fixtures/difference.ts'
import { exportedNetwork } from '../../fixtures/exported-network.ts'
import { noiseTensor, runOutputs } from '../../fixtures/run-values.ts'
import { layoutCases } from '../../fixtures/shape-cases/layouts.ts'
import { numberCases } from '../../fixtures/shape-cases/numbers.ts'
import { pictureCases } from '../../fixtures/shape-cases/pictures.ts'
import {
  caseGraph,
  int,
  ints,
  list,
  reals,
  type ShapeCases,
  text,
} from '../../fixtures/shape-cases/shape-case.ts'

const box = [2, 3, 4, 5]

/** Forms that shapes do not depend on. */
const forms: ShapeCases = {
  Softmax: [
    { inputs: [box], opset: 11 },
    { inputs: [box], attributes: { axis: int(-1) }, opset: 11 },
    { inputs: [box], attributes: { axis: int(2) }, opset: 12 },
  ],
  LogSoftmax: [{ inputs: [box], attributes: { axis: int(3) }, opset: 12 }],
  Gelu: [{ inputs: [box], attributes: { approximate: text('tanh') }, opset: 20 }],
  GroupNormalization: [
    { inputs: [[2, 6, 4, 5], [6], [6]], attributes: { num_groups: int(3) }, opset: 21 },
    { inputs: [[2, 6, 4, 5], [3], [3]], attributes: { num_groups: int(3) }, opset: 18 },
  ],
  Resize: [
    { inputs: [box, reals(1, 1, 0.5, 0.4)], opset: 10 },
    { inputs: [box, reals(1, 1, 2, 3)], attributes: { mode: text('linear') }, opset: 10 },
    { inputs: [box, null, null, list(2, 3, 7, 2)], attributes: { mode: text('cubic') }, opset: 19 },
  ],
  Upsample: [{ inputs: [box, reals(1, 1, 2, 3)], attributes: { mode: text('linear') }, opset: 9 }],
  Pad: [
    {
      inputs: [box],
      attributes: { pads: ints(0, 0, 1, 1, 0, 0, 2, 0), mode: text('reflect') },
      opset: 9,
    },
    {
      inputs: [box],
      attributes: { pads: ints(0, 0, 1, 1, 0, 0, 2, 0), value: { float: 3 } },
      opset: 9,
    },
  ],
  GridSample: [
    { inputs: [box, [2, 4, 4, 2]], attributes: { mode: text('linear') }, opset: 20 },
    { inputs: [box, [2, 4, 4, 2]], attributes: { mode: text('cubic') }, opset: 20 },
  ],
  Cast: [{ inputs: [box], attributes: { to: int(10), saturate: int(1) }, opset: 19 }],
}

const tables = [forms, pictureCases, numberCases, layoutCases]
/** What set 17 lacks, or what only changed its form long ago, in networks that nobody has. */
const unsupported = ['BitwiseAnd', 'BitwiseOr', 'Scatter', 'TopK']
const rows = tables
  .flatMap((table) => Object.entries(table))
  .flatMap(([operator, cases]) => cases.map((row) => ({ operator, row })))
  .filter(({ operator, row }) => (row.opset ?? 17) !== 17 && !unsupported.includes(operator))
  .filter(
    ({ operator, row }) => !(operator === 'AveragePool' && 'dilations' in (row.attributes ?? {})),
  )
  .map((each, i) => ({ ...each, title: `${each.operator} of ${each.row.opset} (${i})` }))

/** Numbers to compare: what is no number is one here, too. */
const comparable = (tensor: Tensor | undefined): number[] =>
  tensor ? numbersOf(tensor).map((value) => (Number.isFinite(value) ? value : -12345)) : []

describe('Written in operator set 17', () => {
  test.each(rows)('$title gives the same numbers', async ({ operator, row }) => {
    const { graph, feeds } = caseGraph(operator, row)
    for (const input of graph.inputs) input.shape = feeds[input.name]?.shape ?? null
    const before = await runOutputs(graph, feeds)
    toOwnOpset(graph)
    expect(graph.opset).toBe(17)
    for (const [name, tensor] of await runOutputs(graph, feeds)) {
      const expected = before.get(name)
      expect([tensor.type, tensor.shape]).toEqual([expected?.type, expected?.shape])
      // What the mask of Dropout says while nothing is dropped has changed.
      if (tensor.type === 'bool' && operator === 'Dropout') continue
      expect(largestDifference(comparable(tensor), comparable(expected))).toBeLessThan(2e-6)
    }
  })

  test('an exported network gives the same logits, whatever its size', async () => {
    const graph = await exportedNetwork('deeplab')
    expect(graph.opset).toBe(20)
    const own = copyGraph(graph)
    toOwnOpset(own)
    for (const shape of [
      [1, 3, 33, 50],
      [2, 3, 48, 32],
    ]) {
      const feeds = { image: noiseTensor(shape) }
      expect(await runOutputs(own, feeds)).toEqual(await runOutputs(graph, feeds))
    }
  })
})

describe('What operator set 17 cannot say', () => {
  test.each([
    ['Resize', { inputs: [box, null, reals(1, 1, 0.5, 0.5)], attributes: { antialias: int(1) } }],
    ['Pad', { inputs: [box, list(0, 0, 0, 1, 0, 0, 0, 1)], attributes: { mode: text('wrap') } }],
    [
      'AveragePool',
      { inputs: [box], attributes: { kernel_shape: ints(2, 2), dilations: ints(2, 2) } },
    ],
    ['ReduceMean', { inputs: [box, [1]] }],
  ] as const)('is an error that names the node (%s)', (operator, row) => {
    const { graph } = caseGraph(operator, { ...row, opset: 19 })
    const error = caught(() => toOwnOpset(graph))
    expect(error.code).toBe('unsupported-model')
    expect(error.message).toContain(`node 'node' (${operator}) of operator set 19`)
  })
})
