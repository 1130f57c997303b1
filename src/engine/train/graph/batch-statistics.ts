/**
 * @file Batch mode of batch normalisation: what is normalised with are mean and variance of the batch,
 * and running statistics follow them.
 */
import { producersOf } from '../../onnx/edit.ts'
import { floatAttribute, type Graph, type GraphNode } from '../../onnx/graph.ts'
import { GradientBuilder } from './gradient-builder.ts'

/** The mean over all axes but the channels'. */
function channelMean(build: GradientBuilder, value: string): string {
  const axes = [...build.shape(value).keys()].filter((axis) => axis !== 1)
  return build.reduce('ReduceMean', value, axes)
}

/** Values that one channel's statistics are taken of. */
function samplesOf(build: GradientBuilder, node: GraphNode): number {
  const [batch = 1, , ...sides] = build.shape(node.inputs[0] ?? '')
  return sides.reduce((product, side) => product * side, batch)
}

/**
 * Lets every BatchNormalization of a graph with fixed shapes that has running statistics use those
 * of the batch (biased variance) instead. Returns, for each running statistic, the value that it has
 * afterwards: it moves by a share, 1 - `momentum` of the node, towards that of the batch (unbiased
 * variance), as in PyTorch. Layers with one value per channel have no variance and stay as they are.
 */
export function takeBatchStatistics(graph: Graph): Map<string, string> {
  const updates = new Map<string, string>()
  const build = new GradientBuilder(graph, new Set(), new Set())
  const nodes = graph.nodes
  graph.nodes = []
  for (const node of nodes) {
    const running = node.inputs.slice(3)
    const isRunning = running.length === 2 && running.every((name) => graph.weights.has(name))
    if (node.op === 'BatchNormalization' && isRunning && samplesOf(build, node) > 1)
      follow(build, node, updates)
    graph.nodes.push(node)
  }
  return updates
}

function follow(build: GradientBuilder, node: GraphNode, updates: Map<string, string>): void {
  const [x = '', scale = '', bias = '', runningMean = '', runningVariance = ''] = node.inputs
  build.startScope(`${node.outputs[0]}/statistics`)
  const mean = channelMean(build, x)
  const spread = build.reshape(mean, [
    ...build.shape(mean),
    ...build
      .shape(x)
      .slice(2)
      .map(() => 1),
  ])
  const centred = build.sub(x, spread)
  const variance = channelMean(build, build.mul(centred, centred))
  node.inputs = [x, scale, bias, mean, variance]
  const count = samplesOf(build, node)
  const share = 1 - floatAttribute(node, 'momentum', 0.9)
  const moved = (name: string, towards: string, factor: number): void => {
    const before = build.scale(updates.get(name) ?? name, 1 - share)
    updates.set(name, build.add(before, build.scale(towards, share * factor)))
  }
  moved(runningMean, mean, 1)
  moved(runningVariance, variance, count / (count - 1))
}

/** Whether a BatchNormalization takes its statistics from its own input, as written above. */
export function hasBatchStatistics(graph: Graph, node: GraphNode): boolean {
  const [x, , , mean = '', variance = ''] = node.inputs
  const producers = producersOf(graph)
  const square = producers.get(producers.get(variance)?.inputs[0] ?? '')
  const difference = producers.get(square?.inputs[0] ?? '')
  return (
    producers.get(mean)?.op === 'ReduceMean' &&
    producers.get(mean)?.inputs[0] === x &&
    producers.get(variance)?.op === 'ReduceMean' &&
    square?.op === 'Mul' &&
    difference?.op === 'Sub' &&
    difference.inputs[0] === x
  )
}
