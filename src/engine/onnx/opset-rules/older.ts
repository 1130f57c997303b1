/** @file Nodes of operator sets before 17 in the form of 17. */
import { floatAttribute, type GraphNode, intAttribute, intsAttribute } from '../graph.ts'
import { floatTensor, tensorOf } from '../tensor.ts'
import type { Rewrite, RewriteRule, RewriteRules } from './rewrite.ts'

/** A list that was an attribute and is an input now. */
const listToInput =
  (name: string): RewriteRule =>
  (rewrite) => {
    const [x = ''] = rewrite.node.inputs
    const values = intsAttribute(rewrite.node, name, [])
    if (!(name in rewrite.node.attributes)) return [rewrite.node]
    return rewrite.changed([x, rewrite.ints(name, values)], [name])
  }

function slice(rewrite: Rewrite): readonly GraphNode[] {
  const { node } = rewrite
  const lists = ['starts', 'ends', 'axes'].filter((name) => name in node.attributes)
  const added = lists.map((name) => rewrite.ints(name, intsAttribute(node, name, [])))
  return rewrite.changed([node.inputs[0] ?? '', ...added], lists)
}

function pad(rewrite: Rewrite): readonly GraphNode[] {
  const { node } = rewrite
  const pads = rewrite.ints('pads', intsAttribute(node, 'pads', []))
  const value = rewrite.scalar('value', floatAttribute(node, 'value', 0))
  return rewrite.changed([node.inputs[0] ?? '', pads, value], ['pads', 'value'])
}

function clip(rewrite: Rewrite): readonly GraphNode[] {
  const { node } = rewrite
  const bounds = ['min', 'max'].map((name) =>
    name in node.attributes ? rewrite.scalar(name, floatAttribute(node, name, 0)) : '',
  )
  return rewrite.changed([node.inputs[0] ?? '', ...bounds], ['min', 'max'])
}

/**
 * Before 13, everything from an axis on was one row. Without knowing more than the axis: flattened,
 * computed along the rows, and laid out as before.
 */
function softmax(rewrite: Rewrite): readonly GraphNode[] {
  const { node } = rewrite
  const axis = intAttribute(node, 'axis', 1)
  const [x = ''] = node.inputs
  const last = { axis: { int: -1 } }
  if (axis === -1 || axis + 1 === rewrite.sides(0)?.length) return [{ ...node, attributes: last }]
  return [
    rewrite.also('Shape', [x], 'shape'),
    rewrite.also('Flatten', [x], 'rows', { axis: { int: axis } }),
    rewrite.also(node.op, [rewrite.named('rows')], 'computed', last),
    rewrite.also('Reshape', [rewrite.named('computed'), rewrite.named('shape')], null),
  ]
}

/** What Resize did before 11: no centres, and the nearest pixel is the one before (or after, when shrinking). */
function oldResize(rewrite: Rewrite, scales: string): readonly GraphNode[] {
  const { node } = rewrite
  const values = rewrite.graph.weights.get(scales)?.data ?? []
  const shrinks = Array.from(values, Number).some((scale) => scale < 1)
  return [
    {
      ...node,
      op: 'Resize',
      inputs: [node.inputs[0] ?? '', '', scales],
      attributes: {
        mode: node.attributes.mode ?? { string: 'nearest' },
        coordinate_transformation_mode: { string: 'asymmetric' },
        nearest_mode: { string: shrinks ? 'ceil' : 'floor' },
      },
    },
  ]
}

function upsample(rewrite: Rewrite): readonly GraphNode[] {
  const { attributes, inputs } = rewrite.node
  const list = attributes.scales
  if (!list || !('floats' in list)) return oldResize(rewrite, inputs[1] ?? '')
  const tensor = floatTensor([list.floats.length], Float32Array.from(list.floats))
  return oldResize(rewrite, rewrite.weight('scales', tensor))
}

/** From 11 on; what was empty may be left out since 13. */
function resize(rewrite: Rewrite): readonly GraphNode[] {
  const { graph, node, opset } = rewrite
  if (opset < 11) return oldResize(rewrite, node.inputs[1] ?? '')
  const filled = node.inputs.map((name) => (graph.weights.get(name)?.data.length === 0 ? '' : name))
  return rewrite.changed(filled, [])
}

function topK(rewrite: Rewrite): readonly GraphNode[] {
  const { node } = rewrite
  const k = rewrite.weight('k', tensorOf('int64', [1], [intAttribute(node, 'k', 1)]))
  return rewrite.changed([node.inputs[0] ?? '', k], ['k'])
}

/** Those that are not named are written alike in all sets from 9 on. */
export const olderRules: RewriteRules<'before'> = {
  Slice: { before: 10, rule: slice },
  Pad: { before: 11, rule: pad },
  Clip: { before: 11, rule: clip },
  Dropout: { before: 12, rule: (rewrite) => rewrite.changed(rewrite.node.inputs, ['ratio']) },
  Resize: { before: 13, rule: resize },
  Upsample: { before: 10, rule: upsample },
  Scatter: { before: 11, rule: ({ node }) => [{ ...node, op: 'ScatterElements' }] },
  TopK: { before: 10, rule: topK },
  Squeeze: { before: 13, rule: listToInput('axes') },
  Unsqueeze: { before: 13, rule: listToInput('axes') },
  ReduceSum: { before: 13, rule: listToInput('axes') },
  Split: { before: 13, rule: listToInput('split') },
  Softmax: { before: 13, rule: softmax },
  LogSoftmax: { before: 13, rule: softmax },
  Hardmax: { before: 13, rule: softmax },
}
