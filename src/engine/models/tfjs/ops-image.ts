/** @file Operators on images: pooling, resizing, padding, reductions. */
import type { Attribute } from '../../onnx/graph.ts'
import { intTensor } from '../../onnx/tensor.ts'
import type { Rule, Rules } from './rule.ts'
import type { Step } from './step.ts'
import { axisOf, imageOrder, isConstant, ordered, orderWithout, type Value } from './value.ts'
import { padded, spatial, windowSize } from './window.ts'

function pool(op: string, globalOp: string): Rule {
  return (step) => {
    const x = step.computed(0, imageOrder)
    const [kernel, strides] = [spatial(step, 'ksize'), spatial(step, 'strides')]
    const [height, width] = windowSize(step, x.shape, kernel, strides)
    const [batch = 1, rows, columns, channels = 1] = x.shape
    const shape = [batch, height, width, channels]
    const isWhole = kernel[0] === rows && kernel[1] === columns && step.text('padding') === 'VALID'
    if (isWhole) return { ...x, shape, name: step.emit(globalOp, [x.name]) }
    const attributes = {
      kernel_shape: { ints: kernel },
      strides: { ints: strides },
      ...padded(step, kernel, strides),
    }
    return { ...x, shape, name: step.emit(op, [x.name], attributes) }
  }
}

/** How each reduction is called for any axes, and for all pixels of an image. */
function reduce(op: string, globalOp: string | null): Rule {
  return (step) => {
    const x = step.computed(0)
    const rank = x.shape.length
    const axes = step.integers(1).map((axis) => axisOf(axis, rank))
    const keep = step.flag('keep_dims')
    const shape = keep
      ? x.shape.map((side, axis) => (axes.includes(axis) ? 1 : side))
      : x.shape.filter((_, axis) => !axes.includes(axis))
    const order = keep ? x.order : orderWithout(x.order, axes)
    const overPixels = rank === 4 && axes.toSorted().join() === '1,2' && x.order[1] === 3
    if (globalOp && keep && overPixels) return { ...x, shape, name: step.emit(globalOp, [x.name]) }
    const places = axes.map((axis) => x.order.indexOf(axis))
    return { ...x, shape, order, name: step.emit(...reduction(step, op, x.name, places, keep)) }
  }
}

/** Until opset 18 ReduceSum takes its axes as an input, the others as an attribute. */
function reduction(
  step: Step,
  op: string,
  input: string,
  axes: number[],
  keep: boolean,
): [string, string[], Record<string, Attribute>] {
  const keepdims = { int: keep ? 1 : 0 }
  if (op !== 'ReduceSum') return [op, [input], { axes: { ints: axes }, keepdims }]
  return [op, [input, step.weight(`${step.node.name}/axes`, intTensor(axes))], { keepdims }]
}

function resize(mode: 'linear' | 'nearest'): Rule {
  return (step) => {
    const x = step.computed(0, imageOrder)
    const [batch = 1, rows, columns, channels = 1] = x.shape
    const [height = 1, width = 1] = step.integers(1)
    if (height === rows && width === columns) return x
    const align = step.flag('align_corners')
    const transformation = align
      ? 'align_corners'
      : step.flag('half_pixel_centers')
        ? 'half_pixel'
        : 'asymmetric'
    const attributes: Record<string, Attribute> = {
      mode: { string: mode },
      coordinate_transformation_mode: { string: transformation },
    }
    if (mode === 'nearest')
      attributes.nearest_mode = {
        string: transformation === 'asymmetric' ? 'floor' : 'round_prefer_ceil',
      }
    const sizes = step.weight(
      `${step.node.name}/sizes`,
      intTensor([batch, channels, height, width]),
    )
    const name = step.emit('Resize', [x.name, '', '', sizes], attributes)
    return { ...x, shape: [batch, height, width, channels], name }
  }
}

function pad(mode: (step: Step) => string): Rule {
  return (step) => {
    const paddings = step.integers(1)
    const x = step.computed(0)
    if (paddings.every((count) => count === 0)) return x
    const before = x.shape.map((_, axis) => paddings[2 * axis] ?? 0)
    const after = x.shape.map((_, axis) => paddings[2 * axis + 1] ?? 0)
    const pads = [...ordered(before, x.order), ...ordered(after, x.order)]
    const names = [x.name, step.weight(`${step.node.name}/pads`, intTensor(pads))]
    const fill = step.inputs[2]
    if (fill && isConstant(fill))
      names.push(step.weight(`${step.node.name}/fill`, { ...fill.constant, shape: [] }))
    const shape = x.shape.map((side, axis) => side + (before[axis] ?? 0) + (after[axis] ?? 0))
    return { ...x, shape, name: step.emit('Pad', names, { mode: { string: mode(step) } }) }
  }
}

function mirrorMode(step: Step): string {
  if (step.text('mode') === 'REFLECT') return 'reflect'
  throw step.unsupported(`has mode ${step.text('mode')}, expected REFLECT`)
}

const concat: Rule = (step) => {
  const values: readonly Value[] = step.inputs.slice(0, -1)
  const lead = values.find((value) => !isConstant(value))
  if (!lead || isConstant(lead)) throw step.unsupported('has no computed operand')
  const rank = lead.shape.length
  const axis = axisOf(step.integer(values.length), rank)
  const parts = values.map((_, index) => step.computed(index, lead.order))
  const side = parts.reduce((sum, part) => sum + (part.shape[axis] ?? 0), 0)
  const names = parts.map(({ name }) => name)
  const place = { int: lead.order.indexOf(axis) }
  return {
    ...lead,
    shape: lead.shape.with(axis, side),
    name: step.emit('Concat', names, { axis: place }),
  }
}

const argMax: Rule = (step) => {
  const x = step.computed(0)
  const axis = axisOf(step.integer(1), x.shape.length)
  const name = step.emit('ArgMax', [x.name], {
    axis: { int: x.order.indexOf(axis) },
    keepdims: { int: 0 },
  })
  const shape = x.shape.filter((_, i) => i !== axis)
  return { ...x, name, type: 'int64', shape, order: orderWithout(x.order, [axis]) }
}

export const imageRules: Rules = {
  MaxPool: pool('MaxPool', 'GlobalMaxPool'),
  AvgPool: pool('AveragePool', 'GlobalAveragePool'),
  Mean: reduce('ReduceMean', 'GlobalAveragePool'),
  Max: reduce('ReduceMax', 'GlobalMaxPool'),
  Min: reduce('ReduceMin', null),
  Sum: reduce('ReduceSum', null),
  ResizeBilinear: resize('linear'),
  ResizeNearestNeighbor: resize('nearest'),
  Pad: pad(() => 'constant'),
  PadV2: pad(() => 'constant'),
  MirrorPad: pad(mirrorMode),
  ConcatV2: concat,
  ArgMax: argMax,
}
