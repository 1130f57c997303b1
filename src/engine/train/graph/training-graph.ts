/** @file A training step as one graph: forward pass, loss and gradients, with fixed shapes. */
import { AppError } from '../../../shared/errors.ts'
import { copyGraph } from '../../onnx/copy.ts'
import { prune } from '../../onnx/edit.ts'
import { foldConstants } from '../../onnx/fold-constants.ts'
import { addNode, type Graph } from '../../onnx/graph.ts'
import { fixShapes, knownOf } from '../../onnx/shapes.ts'
import { upgrade } from '../../onnx/upgrade.ts'
import { addLoss, type LossOptions } from '../losses.ts'
import { takeBatchStatistics } from './batch-statistics.ts'
import { blockConvolutions } from './blocked-convolutions.ts'
import { differentiate } from './differentiate.ts'
import { foldFrozenNormalisation } from './frozen-normalisation.ts'
import { GradientBuilder } from './gradient-builder.ts'
import type { Shape } from './static-shape.ts'

export interface TrainingGraphOptions {
  inputs: Readonly<Record<string, Shape>>
  /** Scores, with their part in the loss: auxiliary heads have less than 1. */
  logits: readonly { name: string; weight: number }[]
  /** `[N,H,W]`; they are fed as the input 'labels', int32, 255 = ignored. */
  labels: Shape
  loss: LossOptions
  /** Weights of the forward graph that are trained. */
  parameters: readonly string[]
  /** Running statistics, or those of the batch. */
  batchNorm: 'frozen' | 'batch'
  /** Writes convolutions for ONNX Runtime's kernels on this processor; see `blockConvolutions`. */
  channelBlock?: number | null
  /** Whether it is to run whole on a GPU: see `differentiate`. */
  portable?: boolean
}

export interface TrainingGraph {
  graph: Graph
  /** Those on which the loss depends. They are inputs of the graph. */
  parameters: string[]
  /** From parameters to outputs; two parameters may have one gradient in common. */
  gradients: Map<string, string>
  /** An output, of shape []. */
  loss: string
  /** From running statistics, which are inputs as well, to outputs with their new values. */
  updates: Map<string, string>
}

export const labelsName = 'labels'

/** Feeds weights instead of keeping them. */
function feed(graph: Graph, names: readonly string[]): void {
  for (const name of names) {
    const weight = graph.weights.get(name)
    if (!weight) throw new AppError('internal', `there is no weight '${name}' to train`)
    if (weight.type !== 'float32')
      throw new AppError(
        'unsupported-model',
        `weight '${name}' holds ${weight.type}; only float32 is trained`,
        'Export the network in float32.',
      )
    graph.weights.delete(name)
    graph.inputs.push({ name, type: weight.type, shape: [...weight.shape] })
  }
}

/** The weighted sum of the losses of all heads. */
function totalLoss(graph: Graph, { logits, loss }: TrainingGraphOptions): string {
  const build = new GradientBuilder(graph, new Set(), new Set())
  build.startScope('loss')
  const parts = logits.map(({ name, weight }) =>
    build.scale(addLoss(graph, name, labelsName, loss), weight),
  )
  return build.sum(parts)
}

/** Makes a value an output; what is no node's result gets one. */
function output(graph: Graph, name: string): string {
  const { type, shape } = knownOf(graph, name)
  const isComputed = graph.nodes.some(({ outputs }) => outputs.includes(name))
  const result = isComputed ? name : addNode(graph, 'Identity', [name], `${name}/result`)
  if (!graph.outputs.some((one) => one.name === result))
    graph.outputs.push({ name: result, type, shape: [...shape] })
  return result
}

/**
 * The graph of a training step. Frozen weights stay in it as constants, which ONNX Runtime packs for
 * its kernels; parameters are fed.
 * Throws `unsupported-model` naming operator and node where there is no rule for shape or gradient.
 */
export function trainingGraph(forward: Graph, options: TrainingGraphOptions): TrainingGraph {
  const graph = copyGraph(forward)
  upgrade(graph)
  fixShapes(graph, options.inputs)
  const heads = options.logits.map(({ name }) => ({ name, ...knownOf(graph, name) }))
  graph.outputs = heads
  feed(graph, options.parameters)
  const moving = options.batchNorm === 'batch' ? takeBatchStatistics(graph) : new Map()
  graph.outputs = [
    ...heads,
    ...[...moving.values()].map((name) => ({ name, ...knownOf(graph, name) })),
  ]
  feed(graph, [...moving.keys()])
  foldFrozenNormalisation(graph)
  foldConstants(graph)
  graph.inputs.push({ name: labelsName, type: 'int32', shape: [...options.labels] })
  const loss = totalLoss(graph, options)
  const wanted = differentiate(graph, loss, options.parameters, {
    portable: options.portable ?? false,
  })
  for (const value of graph.outputs) graph.values.set(value.name, value)
  graph.outputs = []
  const gradients = new Map<string, string>()
  const result = { loss: output(graph, loss) }
  for (const [parameter, gradient] of wanted) gradients.set(parameter, output(graph, gradient))
  const updates = new Map([...moving].map(([name, next]) => [name, output(graph, next)]))
  prune(graph)
  if (options.channelBlock) blockConvolutions(graph, options.channelBlock)
  const used = new Set(graph.nodes.flatMap(({ inputs }) => inputs))
  graph.inputs = graph.inputs.filter(({ name }) => used.has(name))
  return { graph, parameters: [...wanted.keys()], gradients, ...result, updates }
}
