/** @file The graphs of a training at one input size: what is frozen, and a step of the rest. */
import { AppError } from '../../../shared/errors.ts'
import type { Size } from '../../../shared/recipe.ts'
import type { TrainSettings } from '../../../shared/train-settings.ts'
import { contentSize } from '../../infer/input-tensor.ts'
import { copyGraph } from '../../onnx/copy.ts'
import { foldBatchNorm } from '../../onnx/fold-batch-norm.ts'
import { foldConstants } from '../../onnx/fold-constants.ts'
import { addNode, type Graph, type ValueInfo } from '../../onnx/graph.ts'
import { fixShapes, knownOf, type Shape } from '../../onnx/shapes.ts'
import type { SampleInput, SampleLayout } from '../samples/prepared-sample.ts'
import { type SplitGraph, splitFrozen } from './split-frozen.ts'
import type { TrainableNetwork } from './trainable-network.ts'
import { type TrainingGraph, trainingGraph } from './training-graph.ts'

export interface StepGraphOptions {
  /** Of the recipe's pictures and masks. */
  size: Size
  /** Of the network's input. */
  input: Size
  /** Samples that are computed at a time. */
  samples: number
  settings: Pick<TrainSettings, 'loss' | 'batchNorm'>
  /** Null = all the same. */
  classWeights: readonly number[] | null
  /** Of ONNX Runtime's kernels on this processor; null = on another device. */
  channelBlock: number | null
  /** Whether a GPU computes it. */
  portable: boolean
}

export interface StepGraphs {
  /** From the picture of one sample to the values that the training graph takes; null = to itself. */
  frozen: Graph | null
  /** The shape of the network's input for one picture. */
  picture: Shape
  training: TrainingGraph
  layout: SampleLayout
}

function pictureShape({ description }: TrainableNetwork, { width, height }: Size): Shape {
  return description.input.layout === 'NCHW' ? [1, 3, height, width] : [1, height, width, 3]
}

/**
 * Height and width of labels that cover the whole input: those of the recipe, and where the picture
 * does not fill the input so much more.
 */
export function labelSides(
  { description }: Pick<TrainableNetwork, 'description'>,
  { size, input }: Pick<StepGraphOptions, 'size' | 'input'>,
): [number, number] {
  const content = contentSize(size, input, description.input.resize)
  return [
    Math.round((size.height * input.height) / content.height),
    Math.round((size.width * input.width) / content.width),
  ]
}

/** The forward graph for so many pictures, with channels in the second place of its outputs. */
function fixedGraph(network: TrainableNetwork, input: Size, samples: number): Graph {
  const { description, logits } = network
  const graph = copyGraph(network.graph)
  const shape = [samples, ...pictureShape(network, input).slice(1)]
  fixShapes(graph, { [description.input.name]: shape })
  if (description.output.layout === 'NHWC')
    for (const { name } of logits)
      graph.outputs = graph.outputs.map((one) => toNchw(graph, one, name))
  foldConstants(graph)
  return graph
}

function toNchw(graph: Graph, output: ValueInfo, name: string): ValueInfo {
  if (output.name !== name) return output
  const [batch = 1, height = 1, width = 1, channels = 1] = output.shape ?? []
  graph.values.set(name, output)
  const turned = addNode(graph, 'Transpose', [name], nchwName(name), {
    perm: { ints: [0, 3, 1, 2] },
  })
  return { name: turned, type: output.type, shape: [batch, channels, height, width] }
}

const nchwName = (name: string): string => `${name}/nchw`

/** Whether the values that cross are, for a batch, those of single samples one after the other. */
function joinsSamples(one: SplitGraph, many: SplitGraph, samples: number): boolean {
  return many.rest.inputs.every(({ name, shape }, i) => {
    const single = one.rest.inputs[i]
    const sides = single?.shape ?? []
    const isSame =
      shape?.length === sides.length && shape.slice(1).every((s, j) => s === sides[j + 1])
    return single?.name === name && isSame && sides[0] === 1 && shape[0] === samples
  })
}

function sampleInput(graph: Graph, name: string): SampleInput {
  const { type, shape } = knownOf(graph, name)
  if (type === 'float32' || type === 'uint8') return { name, type, shape: [1, ...shape.slice(1)] }
  throw new AppError('unsupported-model', `'${name}' holds ${type}, which is not trained from`)
}

/**
 * Builds the graphs for one input size. What no parameter reaches is a graph of its own, wherever its
 * results for single samples can be joined to a batch.
 * Throws `unsupported-model` for operators without shapes or gradients.
 */
export function stepGraphs(network: TrainableNetwork, options: StepGraphOptions): StepGraphs {
  const { input, samples, settings, classWeights, channelBlock, portable } = options
  const parameters = network.parameters.map(({ name }) => name)
  const one = splitFrozen(fixedGraph(network, input, 1), parameters)
  const whole = fixedGraph(network, input, samples)
  const many = splitFrozen(copyGraph(whole), parameters)
  const isSplit = joinsSamples(one, many, samples)
  const forward = isSplit ? many.rest : whole
  const frozen = isSplit ? one.frozen : null
  if (frozen) foldBatchNorm(frozen)
  const labels = labelSides(network, options)
  const isNhwc = network.description.output.layout === 'NHWC'
  const layout = { inputs: forward.inputs.map(({ name }) => sampleInput(forward, name)), labels }
  const training = trainingGraph(forward, {
    inputs: Object.fromEntries(
      layout.inputs.map(({ name, shape }) => [name, [samples, ...shape.slice(1)]]),
    ),
    logits: network.logits.map(({ name, weight }) => {
      return { name: isNhwc ? nchwName(name) : name, weight }
    }),
    labels: [samples, ...labels],
    loss: {
      kind: settings.loss.kind,
      gamma: settings.loss.gamma,
      ...(classWeights && { classWeights }),
    },
    parameters,
    batchNorm: settings.batchNorm,
    channelBlock,
    portable,
  })
  return { frozen, picture: pictureShape(network, input), training, layout }
}
