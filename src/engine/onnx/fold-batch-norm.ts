/** @file Folds batch normalisation into the layer before it: for inference. */
import type { Affine } from './fold-host.ts'
import { foldSteps } from './fold-steps.ts'
import { floatAttribute, type Graph, type GraphNode, intAttribute } from './graph.ts'
import { floatsOf } from './tensor.ts'

/** Batch normalisation with running statistics as a step; null in its other mode. */
export function batchNormalizationStep(graph: Graph, node: GraphNode): Affine | null {
  const [input = '', ...names] = node.inputs
  const [gamma, beta, mean, variance] = names.map((name) => graph.weights.get(name))
  if (!gamma || !beta || !mean || !variance || node.outputs.length > 1) return null
  if (intAttribute(node, 'training_mode', 0) !== 0) return null
  const epsilon = floatAttribute(node, 'epsilon', 1e-5)
  const scale = Float64Array.from(
    floatsOf(gamma, 'scale'),
    (value, c) => value / Math.sqrt((floatsOf(variance, 'variance')[c] ?? 0) + epsilon),
  )
  const shift = Float64Array.from(
    floatsOf(beta, 'bias'),
    (value, c) => value - (floatsOf(mean, 'mean')[c] ?? 0) * (scale[c] ?? 0),
  )
  return { input, scale, shift }
}

/**
 * Folds every batch normalisation with running statistics that follows a Conv, ConvTranspose or
 * Gemm into that layer, whose new weights are named after its result.
 */
export function foldBatchNorm(graph: Graph): void {
  foldSteps(graph, { BatchNormalization: batchNormalizationStep })
}
