/** @file Gradients of normalisations. */
import { floatAttribute, type GraphNode, intAttribute } from '../../onnx/graph.ts'
import { hasBatchStatistics } from '../graph/batch-statistics.ts'
import type { GradientBuilder, GradientRule, GradientRules } from '../graph/gradient-builder.ts'
import { plainAxis } from './rule.ts'

function meanOver(build: GradientBuilder, value: string, axes: readonly number[]): string {
  const count = axes.reduce((product, axis) => product * (build.shape(value)[axis] ?? 1), 1)
  return build.scale(build.reduceSum(value, axes, true), 1 / count)
}

/** 1 / sqrt(variance + epsilon) */
function inverseDeviation(build: GradientBuilder, node: GraphNode, variance: string): string {
  const epsilon = build.scalar(floatAttribute(node, 'epsilon', 1e-5))
  return build.unary('Reciprocal', build.unary('Sqrt', build.add(variance, epsilon)))
}

/** Values of mean 0 and deviation 1, and the inverse of the deviation they had. */
interface Normalised {
  value: string
  inverse: string
}

/** The input, normalised over some axes by its own statistics. */
function normalised(build: GradientBuilder, node: GraphNode, axes: readonly number[]): Normalised {
  const [x = ''] = node.inputs
  const centred = build.sub(x, meanOver(build, x, axes))
  const variance = meanOver(build, build.mul(centred, centred), axes)
  const inverse = inverseDeviation(build, node, variance)
  return { value: build.mul(centred, inverse), inverse }
}

/** From the gradient `g` of the normalised value: inverse · (g − mean(g) − value · mean(g · value)). */
function throughStatistics(
  build: GradientBuilder,
  g: string,
  { value, inverse }: Normalised,
  axes: readonly number[],
): string {
  const along = build.mul(value, meanOver(build, build.mul(g, value), axes))
  const rest = build.sub(build.sub(g, meanOver(build, g, axes)), along)
  return build.mul(rest, inverse)
}

/** Statistics of each sample (and channel), taken anew; scale and bias of the shape `along`. */
function ownStatistics(
  axesOf: (rank: number, node: GraphNode) => number[],
  along: (shape: readonly number[], rank: number) => readonly number[],
): GradientRule {
  return (build, node, [dy]) => {
    const [x = '', scale = '', bias] = node.inputs
    if (!dy) return []
    const rank = build.shape(x).length
    const axes = axesOf(rank, node)
    const value = normalised(build, node, axes)
    const factor = along(build.shape(scale), rank)
    const summed = (gradient: string, name: string) =>
      build.reshape(build.sumTo(gradient, along(build.shape(name), rank)), build.shape(name))
    const scaled = () => build.mul(dy, build.reshape(scale, factor))
    return [
      build.wants(x) ? throughStatistics(build, scaled(), value, axes) : null,
      build.wants(scale) ? summed(build.mul(dy, value.value), scale) : null,
      bias && build.wants(bias) ? summed(dy, bias) : null,
    ]
  }
}

const from = (first: number, rank: number): number[] =>
  Array.from({ length: rank - first }, (_, i) => first + i)

/** `[C]` as it is broadcast against `[N,C,…]`. */
const perChannel = (shape: readonly number[], rank: number): readonly number[] => [
  shape[0] ?? 1,
  ...from(2, rank).map(() => 1),
]

/**
 * Running statistics are constants. Those of the batch depend on x, which the formula includes: where
 * they are inputs, these get no gradient of their own.
 */
const batchNormalization: GradientRule = (build, node, [dy]) => {
  const [x = '', scale = '', bias = '', mean = '', variance = ''] = node.inputs
  if (!dy) return []
  const rank = build.shape(x).length
  const axes = [0, ...from(2, rank)]
  const spread = (name: string) => build.reshape(name, perChannel(build.shape(name), rank))
  const isTraining = intAttribute(node, 'training_mode', 0) !== 0
  const isBatch = isTraining || hasBatchStatistics(build.graph, node)
  const value = (): Normalised => {
    if (isTraining) return normalised(build, node, axes)
    const inverse = spread(inverseDeviation(build, node, variance))
    const centred = build.sub(x, spread(mean))
    return { value: build.mul(centred, inverse), inverse }
  }
  const needed = build.wants(scale) || isBatch ? value() : null
  const scaled = () => build.mul(dy, spread(scale))
  const gradientOfX = () =>
    needed && isBatch
      ? throughStatistics(build, scaled(), needed, axes)
      : build.mul(dy, spread(build.mul(scale, inverseDeviation(build, node, variance))))
  return [
    build.wants(x) ? gradientOfX() : null,
    needed && build.wants(scale) ? build.reduceSum(build.mul(dy, needed.value), axes) : null,
    build.wants(bias) ? build.reduceSum(dy, axes) : null,
  ]
}

export const normalisationRules: GradientRules = {
  BatchNormalization: batchNormalization,
  InstanceNormalization: ownStatistics((rank) => from(2, rank), perChannel),
  LayerNormalization: ownStatistics(
    (rank, node) => from(plainAxis(intAttribute(node, 'axis', -1), rank), rank),
    (shape) => shape,
  ),
}
