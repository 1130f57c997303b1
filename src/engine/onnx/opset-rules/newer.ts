/** @file Nodes of operator sets after 17 in the form of 17. */
import { floatAttribute, type GraphNode, intAttribute, intsAttribute } from '../graph.ts'
import { tensorOf } from '../tensor.ts'
import type { Rewrite, RewriteRules } from './rewrite.ts'

const text = ({ attributes }: GraphNode, name: string): string => {
  const attribute = attributes[name]
  return attribute && 'string' in attribute ? attribute.string : ''
}

/** What is left of a reduction over no axis, where that is not the number itself. */
const overNothing: Readonly<Record<string, string>> = {
  ReduceL1: 'Abs',
  ReduceL2: 'Abs',
  ReduceLogSum: 'Log',
}

function reduceNothing(rewrite: Rewrite, x: string): readonly GraphNode[] {
  const { op } = rewrite.node
  if (op === 'ReduceSumSquare') return [rewrite.also('Mul', [x, x], null)]
  return [rewrite.also(overNothing[op] ?? 'Identity', [x], null)]
}

/** Axes were an attribute; without any, everything is reduced unless the node says nothing is. */
function reduce(rewrite: Rewrite): readonly GraphNode[] {
  const { node } = rewrite
  const [x = ''] = node.inputs
  const axes = rewrite.constant(1) ?? []
  if (axes.length === 0 && intAttribute(node, 'noop_with_empty_axes', 0) !== 0)
    return reduceNothing(rewrite, x)
  const [plain] = rewrite.changed([x], ['noop_with_empty_axes'])
  if (!plain || axes.length === 0) return plain ? [plain] : []
  return [{ ...plain, attributes: { ...plain.attributes, axes: { ints: axes } } }]
}

/** Parts of equal size need no number; a smaller last one does. */
function split(rewrite: Rewrite): readonly GraphNode[] {
  const { node } = rewrite
  const count = intAttribute(node, 'num_outputs', 0)
  if (count === 0) return [node]
  const sides = rewrite.sides(0)
  const whole = sides?.at(intAttribute(node, 'axis', 0))
  if (typeof whole !== 'number' || whole % count === 0)
    return rewrite.changed(node.inputs, ['num_outputs'])
  const each = Math.ceil(whole / count)
  const parts = Array.from({ length: count }, (_, i) => Math.min(each, whole - i * each))
  return rewrite.changed([node.inputs[0] ?? '', rewrite.ints('split', parts)], ['num_outputs'])
}

/** Padding of some axes as padding of all. */
function pad(rewrite: Rewrite): readonly GraphNode[] {
  const { node } = rewrite
  if (text(node, 'mode') === 'wrap') rewrite.fail('padding with the other side is not supported')
  const axes = rewrite.constant(3)
  if (!axes) return [node]
  const given = rewrite.constant(1) ?? []
  const rank = rewrite.rank(0)
  const all: number[] = Array(2 * rank).fill(0)
  for (const [i, axis] of axes.entries()) {
    const place = axis < 0 ? axis + rank : axis
    all[place] = given[i] ?? 0
    all[rank + place] = given[axes.length + i] ?? 0
  }
  return rewrite.changed(
    [node.inputs[0] ?? '', rewrite.ints('pads', all), node.inputs[2] ?? ''],
    [],
  )
}

/** Scales of some axes as scales of all; sizes of some axes need the other sides. */
function allAxes(rewrite: Rewrite, input: number, axes: readonly number[]): string {
  const name = rewrite.node.inputs[input] ?? ''
  const given = rewrite.constant(input)
  if (!given || given.length === 0) return ''
  const isScale = input === 2
  const sides = rewrite.sides(0) ?? rewrite.fail('the sides of its input are not known')
  const all = sides.map((side) => (isScale ? 1 : side))
  for (const [i, axis] of axes.entries()) all[axis < 0 ? axis + all.length : axis] = given[i] ?? 1
  const values = all.map((side) =>
    typeof side === 'number' ? side : rewrite.fail(`'${name}' names some axes of free sides only`),
  )
  const part = isScale ? 'scales' : 'sizes'
  return rewrite.weight(part, tensorOf(isScale ? 'float32' : 'int64', [values.length], values))
}

function resize(rewrite: Rewrite): readonly GraphNode[] {
  const { node } = rewrite
  if (intAttribute(node, 'antialias', 0) !== 0) rewrite.fail('antialiasing is not supported')
  if (!['', 'stretch'].includes(text(node, 'keep_aspect_ratio_policy')))
    rewrite.fail('keeping the aspect ratio is not supported')
  if (text(node, 'coordinate_transformation_mode') === 'half_pixel_symmetric')
    rewrite.fail('symmetric half pixels are not supported')
  const [x = '', roi = '', scales = '', sizes = ''] = node.inputs
  const axes = intsAttribute(node, 'axes', [])
  const inputs =
    axes.length > 0
      ? [x, '', allAxes(rewrite, 2, axes), allAxes(rewrite, 3, axes)]
      : [x, roi, scales, sizes]
  const used = inputs.at(-1) === '' ? inputs.slice(0, -1) : inputs
  return rewrite.changed(used, ['antialias', 'axes', 'keep_aspect_ratio_policy'])
}

/** x · Φ(x), with the error function or its approximation by tanh (ONNX, Gelu). */
function gelu(rewrite: Rewrite): readonly GraphNode[] {
  const [x = ''] = rewrite.node.inputs
  const isTanh = text(rewrite.node, 'approximate') === 'tanh'
  const named = (part: string) => rewrite.named(part)
  const [half, one] = [rewrite.scalar('half', 0.5), rewrite.scalar('one', 1)]
  const argument = isTanh
    ? [
        rewrite.also('Mul', [x, x], 'square'),
        rewrite.also('Mul', [named('square'), rewrite.scalar('cubic', 0.044715)], 'bent'),
        rewrite.also('Add', [named('bent'), one], 'slope'),
        rewrite.also('Mul', [x, named('slope')], 'line'),
        rewrite.also(
          'Mul',
          [named('line'), rewrite.scalar('by', Math.sqrt(2 / Math.PI))],
          'scaled',
        ),
      ]
    : [rewrite.also('Mul', [x, rewrite.scalar('by', Math.SQRT1_2)], 'scaled')]
  return [
    ...argument,
    rewrite.also(isTanh ? 'Tanh' : 'Erf', [named('scaled')], 'curve'),
    rewrite.also('Add', [named('curve'), one], 'raised'),
    rewrite.also('Mul', [x, named('raised')], 'double'),
    rewrite.also('Mul', [named('double'), half], null),
  ]
}

/** x · tanh(softplus(x)) */
function mish(rewrite: Rewrite): readonly GraphNode[] {
  const [x = ''] = rewrite.node.inputs
  return [
    rewrite.also('Softplus', [x], 'softplus'),
    rewrite.also('Tanh', [rewrite.named('softplus')], 'tanh'),
    rewrite.also('Mul', [x, rewrite.named('tanh')], null),
  ]
}

/** Groups are normalised as channels; from 21 on scale and shift are those of channels. */
function groupNormalization(rewrite: Rewrite): readonly GraphNode[] {
  const { node, opset } = rewrite
  const [x = '', scale = '', shift = ''] = node.inputs
  const groups = intAttribute(node, 'num_groups', 1)
  const [channels] = rewrite.sides(1) ?? []
  if (typeof channels !== 'number') rewrite.fail('its channels are not known')
  const named = (part: string) => rewrite.named(part)
  const epsilon = { epsilon: { float: floatAttribute(node, 'epsilon', 1e-5) } }
  const fill = (part: string, value: number) =>
    rewrite.weight(part, tensorOf('float32', [groups], Array(groups).fill(value)))
  const own = opset < 21 ? [scale, shift] : [fill('ones', 1), fill('zeros', 0)]
  const start = [
    rewrite.also('Shape', [x], 'shape'),
    rewrite.also('Reshape', [x, rewrite.ints('by-group', [0, groups, -1])], 'groups'),
    rewrite.also('InstanceNormalization', [named('groups'), ...own], 'normal', epsilon),
  ]
  if (opset < 21)
    return [...start, rewrite.also('Reshape', [named('normal'), named('shape')], null)]
  const axis = rewrite.ints('axis', [1])
  return [
    ...start,
    rewrite.also(
      'Reshape',
      [named('normal'), rewrite.ints('by-channel', [0, channels, -1])],
      'rows',
    ),
    rewrite.also('Unsqueeze', [scale, axis], 'scale'),
    rewrite.also('Unsqueeze', [shift, axis], 'shift'),
    rewrite.also('Mul', [named('rows'), named('scale')], 'scaled'),
    rewrite.also('Add', [named('scaled'), named('shift')], 'shifted'),
    rewrite.also('Reshape', [named('shifted'), named('shape')], null),
  ]
}

function averagePool(rewrite: Rewrite): readonly GraphNode[] {
  if (intsAttribute(rewrite.node, 'dilations', []).some((dilation) => dilation !== 1))
    rewrite.fail('dilated averages are not supported')
  return rewrite.changed(rewrite.node.inputs, ['dilations'])
}

const gridModes: Readonly<Record<string, string>> = { linear: 'bilinear', cubic: 'bicubic' }

function gridSample({ node }: Rewrite): readonly GraphNode[] {
  const mode = text(node, 'mode') || 'linear'
  return [
    { ...node, attributes: { ...node.attributes, mode: { string: gridModes[mode] ?? mode } } },
  ]
}

const reductions = [
  ...['ReduceMean', 'ReduceMax', 'ReduceMin', 'ReduceProd', 'ReduceL1', 'ReduceL2'],
  ...['ReduceSumSquare', 'ReduceLogSum', 'ReduceLogSumExp'],
]

/** Those that are not named are written in 22 as in 17. */
export const newerRules: RewriteRules = {
  ...Object.fromEntries(reductions.map((op) => [op, { from: 18, rule: reduce }])),
  Split: { from: 18, rule: split },
  Pad: { from: 18, rule: pad },
  Resize: { from: 18, rule: resize },
  Mish: { from: 18, rule: mish },
  GroupNormalization: { from: 18, rule: groupNormalization },
  AveragePool: { from: 19, rule: averagePool },
  Cast: { from: 19, rule: (rewrite) => rewrite.changed(rewrite.node.inputs, ['saturate']) },
  Gelu: { from: 20, rule: gelu },
  GridSample: { from: 20, rule: gridSample },
}
