/** @file Shapes of operators that only say how the same numbers are laid out. */
import { sizeOf } from '../tensor.ts'
import type { Known, NodeView, Shape, ShapeRules } from './node-view.ts'

const same = (view: NodeView, shape: Shape): readonly Known[] => [
  { type: view.input(0).type, shape },
]

/** 0 takes the side from the input (unless `allowzero`), -1 is what is left. */
function reshape(view: NodeView): readonly Known[] {
  const { shape } = view.input(0)
  const keepZero = view.int('allowzero', 0) !== 0
  const wanted = (view.list(1, 'shape') ?? view.fail('it has no shape')).map((side, i) =>
    side === 0 && !keepZero ? view.side(shape, i) : side,
  )
  const rest = sizeOf(shape) / sizeOf(wanted.filter((side) => side !== -1))
  const sides = wanted.map((side) => (side === -1 ? rest : side))
  if (sizeOf(sides) !== sizeOf(shape) || !Number.isInteger(sizeOf(sides)))
    view.fail(`[${shape}] cannot be reshaped to [${wanted}]`)
  return same(view, sides)
}

function flatten(view: NodeView): readonly Known[] {
  const { shape } = view.input(0)
  const axis = view.int('axis', 1)
  const first = axis < 0 ? axis + shape.length : axis
  return same(view, [sizeOf(shape.slice(0, first)), sizeOf(shape.slice(first))])
}

/** The axes of a transpose: reversed where the node does not say. */
export function permutation(view: NodeView): readonly number[] {
  const { length } = view.input(0).shape
  return view.ints('perm') ?? Array.from({ length }, (_, i) => length - 1 - i)
}

function transpose(view: NodeView): readonly Known[] {
  const { shape } = view.input(0)
  return same(
    view,
    permutation(view).map((axis) => view.side(shape, axis)),
  )
}

function squeeze(view: NodeView): readonly Known[] {
  const { shape } = view.input(0)
  const axes = view.list(1, 'axes')?.map((axis) => view.axis(axis, shape.length))
  if (axes?.some((axis) => shape[axis] !== 1)) view.fail(`axes ${axes} of [${shape}] are not 1`)
  return same(
    view,
    shape.filter((side, i) => (axes ? !axes.includes(i) : side !== 1)),
  )
}

function unsqueeze(view: NodeView): readonly Known[] {
  const { shape } = view.input(0)
  const axes = view.list(1, 'axes') ?? view.fail('it has no axes')
  const rank = shape.length + axes.length
  const added = axes.map((axis) => view.axis(axis, rank))
  const sides = [...shape]
  return same(
    view,
    Array.from({ length: rank }, (_, i) => (added.includes(i) ? 1 : (sides.shift() ?? 1))),
  )
}

function depthToSpace(view: NodeView): readonly Known[] {
  const [batch = 0, channels = 0, rows = 0, columns = 0] = view.input(0).shape
  const block = view.int('blocksize', 1)
  if (channels % block ** 2 !== 0) view.fail(`${channels} channels make no blocks of ${block}`)
  return same(view, [batch, channels / block ** 2, rows * block, columns * block])
}

function spaceToDepth(view: NodeView): readonly Known[] {
  const [batch = 0, channels = 0, rows = 0, columns = 0] = view.input(0).shape
  const block = view.int('blocksize', 1)
  if (rows % block !== 0 || columns % block !== 0)
    view.fail(`[${rows},${columns}] makes no blocks of ${block}`)
  return same(view, [batch, channels * block ** 2, rows / block, columns / block])
}

export const layoutRules: ShapeRules = {
  Reshape: reshape,
  Flatten: flatten,
  Transpose: transpose,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  DepthToSpace: depthToSpace,
  SpaceToDepth: spaceToDepth,
}
