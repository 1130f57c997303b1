/**
 * @file Folds what scales and shifts channels after a convolution into its weights and bias:
 * batch normalisation, and products and sums with constants.
 */
import { batchNormalizationStep } from './fold-batch-norm.ts'
import type { Affine } from './fold-host.ts'
import { foldSteps, type Steps } from './fold-steps.ts'
import type { Graph, GraphNode } from './graph.ts'
import { sizeOf } from './tensor.ts'

const one = Float64Array.of(1)
const zero = Float64Array.of(0)

/** A weight that is constant over batch, rows and columns of [N, C, H, W], or null. */
function perChannel(graph: Graph, name: string | undefined): Float64Array | null {
  const tensor = name === undefined ? undefined : graph.weights.get(name)
  if (!tensor || !(tensor.data instanceof Float32Array)) return null
  const channels = tensor.shape.at(-3) ?? 1
  return sizeOf(tensor.shape) === channels ? Float64Array.from(tensor.data) : null
}

type Combine = (constant: Float64Array, constantIsFirst: boolean) => Omit<Affine, 'input'> | null

/** How a node with one constant operand is read as an affine step. */
function withConstant(combine: Combine) {
  return (graph: Graph, node: GraphNode): Affine | null => {
    const [first = '', second = ''] = node.inputs
    const leading = perChannel(graph, first)
    const constant = leading ?? perChannel(graph, second)
    const steps = constant && combine(constant, leading !== null)
    return steps && { input: leading ? second : first, ...steps }
  }
}

const affineSteps: Steps = {
  Add: withConstant((constant) => ({ scale: one, shift: constant })),
  Sub: withConstant((constant, isFirst) =>
    isFirst
      ? { scale: one.map((v) => -v), shift: constant }
      : { scale: one, shift: constant.map((value) => -value) },
  ),
  Mul: withConstant((constant) => ({ scale: constant, shift: zero })),
  Div: withConstant((constant, isFirst) =>
    isFirst ? null : { scale: constant.map((value) => 1 / value), shift: zero },
  ),
  BatchNormalization: batchNormalizationStep,
}

/** Folds batch normalisation, and products and sums with constants for each channel. */
export function foldAffine(graph: Graph): void {
  foldSteps(graph, affineSteps)
}
