/** @file Gradient of Dropout: of the inference form, and of the training form with its mask. */
import type { GraphNode } from '../../onnx/graph.ts'
import type { GradientBuilder, GradientRules } from '../graph/gradient-builder.ts'
import { constantNumbers, rule } from './rule.ts'

/** The result that tells which elements were kept; asked for where the node does not give it. */
function maskOf(build: GradientBuilder, node: GraphNode): string {
  const [y = '', given] = node.outputs
  if (given) return given
  const mask = `${y}/mask`
  node.outputs = [y, mask]
  build.graph.values.set(mask, { name: mask, type: 'bool', shape: build.shape(y) })
  return mask
}

export const dropoutRules: GradientRules = {
  Dropout: rule((build, { node, dy }) => {
    const [training = 0] = constantNumbers(build, node, 2) ?? []
    if (!training) return dy
    const [ratio = 0.5] = constantNumbers(build, node, 1) ?? []
    const kept = build.cast(maskOf(build, node), 'float32')
    return build.scale(build.mul(dy, kept), 1 / (1 - ratio))
  }),
}
