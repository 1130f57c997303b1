/** @file Gradients of operators that only arrange elements anew. */
import { intAttribute, intsAttribute } from '../../onnx/graph.ts'
import type { GradientRule, GradientRules } from '../graph/gradient-builder.ts'
import { constantNumbers, type Part, rule } from './rule.ts'

const reshaped: GradientRule = rule((build, { x, dy }) => build.reshape(dy, build.shape(x)))

const transposed: Part = (build, { node, dy }) => {
  const reversed = build.shape(dy).map((_, axis, { length }) => length - 1 - axis)
  const order = intsAttribute(node, 'perm', reversed)
  return build.transpose(
    dy,
    order.map((_, axis) => order.indexOf(axis)),
  )
}

/** Every side s that was repeated r times is seen as [r, s], and r is summed. */
const tiled: Part = (build, { node, x, dy }) => {
  const shape = build.shape(x)
  const repeats = constantNumbers(build, node, 1) ?? []
  const apart = shape.flatMap((side, axis) => [repeats[axis] ?? 1, side])
  const axes = shape.map((_, axis) => 2 * axis).filter((axis) => apart[axis] !== 1)
  return build.reshape(build.reduceSum(build.reshape(dy, apart), axes), shape)
}

/** The reverse of both orders: depth first in 'CRD', block first in 'DCR'. */
const fromBlocks: Part = (build, { node, x, dy }) => {
  const [batch = 1, channels = 1, height = 1, width = 1] = build.shape(x)
  const block = intAttribute(node, 'blocksize', 1)
  const { mode } = node.attributes
  const depthFirst = mode && 'string' in mode && mode.string === 'CRD'
  const blocks = [batch, channels / block ** 2, height, block, width, block]
  const order = depthFirst ? [0, 1, 3, 5, 2, 4] : [0, 3, 5, 1, 2, 4]
  return build.reshape(build.transpose(build.reshape(dy, blocks), order), build.shape(x))
}

const toBlocks: Part = (build, { node, x, dy }) => {
  const [batch = 1, channels = 1, height = 1, width = 1] = build.shape(x)
  const block = intAttribute(node, 'blocksize', 1)
  const apart = [batch, block, block, channels, height / block, width / block]
  const moved = build.transpose(build.reshape(dy, apart), [0, 3, 4, 1, 5, 2])
  return build.reshape(moved, build.shape(x))
}

export const shapeRules: GradientRules = {
  Identity: rule((_, { dy }) => dy),
  Cast: rule((build, { x, dy }) => build.cast(dy, build.type(x))),
  Reshape: reshaped,
  Flatten: reshaped,
  Squeeze: reshaped,
  Unsqueeze: reshaped,
  Transpose: rule(transposed),
  Expand: rule((build, { x, dy }) => build.sumTo(dy, build.shape(x))),
  Tile: rule(tiled),
  DepthToSpace: rule(fromBlocks),
  SpaceToDepth: rule(toBlocks),
}
