import { describe, expect, test } from 'vitest'
import { type Graph, ownOpset } from '../../../src/engine/onnx/graph.ts'
import { upgrade } from '../../../src/engine/onnx/upgrade.ts'
import { caught } from '../../fixtures/caught.ts'
import { largestDifference } from '../../fixtures/difference.ts'
import {
  casesOf,
  float,
  floats,
  int,
  list,
  operatorGraph,
  type Rows,
  real,
  text,
} from '../../fixtures/operator-case.ts'
import { runOnRuntime } from '../../fixtures/run-graph.ts'

const image = real([2, 3, 4, 6])

const scales = [1, 1, 2, 3]

/** What Resize was before operator set 10; before 9 its scales were no input. */
function asUpsample(graph: Graph, isOlder: boolean): void {
  graph.opset = isOlder ? 8 : 9
  for (const node of graph.nodes) {
    node.op = 'Upsample'
    if (!isOlder) continue
    node.inputs = node.inputs.slice(0, 1)
    node.attributes = { ...node.attributes, scales: { floats: scales } }
    graph.weights.clear()
  }
}

const rows: Rows = {
  Resize: ['nearest', 'linear'].flatMap((mode) => [
    ...[3, 0.7].map((scale) => ({
      title: `${mode} by ${scale}`,
      inputs: [image, floats([4], [1, 1, scale, scale])],
      attributes: { mode: text(mode) },
      opset: 10,
    })),
    {
      title: `${mode} when it was called Upsample`,
      inputs: [image, floats([4], scales)],
      attributes: { mode: text(mode) },
      opset: 10,
      prepare: (graph) => asUpsample(graph, false),
    },
    {
      title: `${mode} when it was called Upsample and scales were an attribute`,
      inputs: [image, floats([4], scales)],
      attributes: { mode: text(mode) },
      opset: 10,
      prepare: (graph) => asUpsample(graph, true),
    },
  ]),
  Slice: [
    {
      title: 'with attributes',
      inputs: [image],
      attributes: { starts: list(1, -4), ends: list(3, 100), axes: list(2, 3) },
      opset: 9,
    },
    {
      title: 'with attributes but axes',
      inputs: [image],
      attributes: { starts: list(0, 1), ends: list(1, 2) },
      opset: 9,
    },
  ],
  Clip: [
    {
      title: 'of both sides',
      inputs: [image],
      attributes: { min: float(-1), max: float(1) },
      opset: 10,
    },
    { title: 'from above', inputs: [image], attributes: { max: float(1) }, opset: 7 },
  ],
  Pad: [
    {
      title: 'with a value',
      inputs: [image],
      attributes: { pads: list(0, 0, 1, 2, 0, 0, 3, 0), value: float(1.5) },
      opset: 10,
    },
    {
      title: 'by reflection',
      inputs: [image],
      attributes: { pads: list(0, 0, 1, 2, 0, 0, 3, 0), mode: text('reflect') },
      opset: 10,
    },
  ],
  Dropout: [
    { title: 'with a ratio', inputs: [image], attributes: { ratio: float(0.7) }, opset: 11 },
  ],
  Split: [
    {
      title: 'in given parts',
      inputs: [image],
      attributes: { axis: int(1), split: list(2, 1) },
      results: 2,
      opset: 12,
    },
    {
      title: 'in equal parts',
      inputs: [image],
      attributes: { axis: int(3) },
      results: 3,
      opset: 12,
    },
  ],
  Squeeze: [
    { title: 'of one axis', inputs: [real([1, 3, 1])], attributes: { axes: list(0) }, opset: 12 },
    { title: 'of all', inputs: [real([1, 3, 1])], opset: 12 },
  ],
  Unsqueeze: [
    { title: 'of two axes', inputs: [image], attributes: { axes: list(0, 3) }, opset: 12 },
  ],
  ReduceSum: [
    {
      title: 'over some axes',
      inputs: [image],
      attributes: { axes: list(1, 2), keepdims: int(0) },
      opset: 12,
    },
    { title: 'over all', inputs: [image], opset: 12 },
  ],
  Softmax: [
    { title: 'from the second axis on', inputs: [image], opset: 12 },
    { title: 'over the last axis', inputs: [image], attributes: { axis: int(-1) }, opset: 12 },
  ],
  LogSoftmax: [
    { title: 'from an axis on', inputs: [image], attributes: { axis: int(2) }, opset: 11 },
  ],
  BatchNormalization: [
    {
      title: 'with what is no longer',
      inputs: [image, real([3]), real([3]), real([3]), real([3], 0.5, 2)],
      attributes: { spatial: int(1) },
      opset: 8,
    },
  ],
  HardSigmoid: [{ title: 'as ever', inputs: [image], opset: 9 }],
}

describe('A graph computes the same in the newer operator set:', () => {
  test.each(casesOf(rows))('$title', async (row) => {
    const { graph, feeds } = operatorGraph(row)
    const before = await runOnRuntime(graph, feeds)
    upgrade(graph)
    expect(graph.opset).toBe(ownOpset)
    const after = await runOnRuntime(graph, feeds)
    for (const [name, { shape, data }] of Object.entries(before)) {
      expect(after[name]?.shape).toEqual(shape)
      expect(largestDifference(data, after[name]?.data ?? [])).toBeLessThan(1e-6)
    }
  })
})

test('A graph of a newer operator set stays as it is', () => {
  const { graph } = operatorGraph({ title: '', op: 'Relu', inputs: [image], opset: 20 })
  upgrade(graph)
  expect(graph.opset).toBe(20)
})

test('A graph that is too old is refused', () => {
  const { graph } = operatorGraph({ title: '', op: 'Relu', inputs: [image], opset: 6 })
  expect(caught(() => upgrade(graph)).code).toBe('unsupported-model')
})
