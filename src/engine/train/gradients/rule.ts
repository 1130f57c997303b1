/** @file Short forms in which most gradient rules are written. */

import { AppError } from '../../../shared/errors.ts'
import type { GraphNode } from '../../onnx/graph.ts'
import { numbersOf } from '../../onnx/tensor.ts'
import type { GradientBuilder, GradientRule } from '../graph/gradient-builder.ts'

/** The names around a node with one real result: inputs x and z, result y, its gradient dy. */
export interface Names {
  node: GraphNode
  x: string
  z: string
  y: string
  dy: string
}

/** Writes the gradient of one input; called where somebody wants it. */
export type Part = (build: GradientBuilder, names: Names) => string

function namesOf(node: GraphNode, upstream: readonly (string | null)[]): Names {
  const [x = '', z = ''] = node.inputs
  return { node, x, z, y: node.outputs[0] ?? '', dy: upstream[0] ?? '' }
}

/** A rule for nodes with one result: one part for each input that can have a gradient. */
export function rule(...parts: Part[]): GradientRule {
  return (build, node, upstream) =>
    parts.map((part, i) =>
      build.wants(node.inputs[i]) ? part(build, namesOf(node, upstream)) : null,
    )
}

/** The same for inputs that are broadcast to the shape of the result. */
export function broadcastRule(...parts: Part[]): GradientRule {
  return rule(
    ...parts.map(
      (part, i): Part =>
        (build, names) =>
          build.sumTo(part(build, names), build.shape(names.node.inputs[i] ?? '')),
    ),
  )
}

/**
 * The numbers of an input that must be constant; null where it is left out.
 * Throws `unsupported-model` when it is computed.
 */
export function constantNumbers(
  build: GradientBuilder,
  node: GraphNode,
  index: number,
): number[] | null {
  const name = node.inputs[index]
  if (!name) return null
  const tensor = build.constantOf(name)
  if (tensor) return numbersOf(tensor)
  throw new AppError(
    'unsupported-model',
    `input ${index} ('${name}') of ${node.op} '${node.name}' is computed; its gradient needs a constant`,
    'Train only layers that come after it, or another network.',
  )
}

/** `axis` counted from the front. */
export function plainAxis(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis
}

/** Zeros of this shape. */
export function zeros(build: GradientBuilder, shape: readonly number[]): string {
  return build.expand(build.scalar(0), shape)
}
