/** @file Which weights are trained: the scope of a training, as names of weights. */
import { AppError } from '../../../shared/errors.ts'
import type { TrainSettings } from '../../../shared/train-settings.ts'
import { type Graph, type GraphNode, intAttribute } from '../../onnx/graph.ts'

export interface ScopeLandmarks {
  /** What can be trained of the base network. */
  trainable: readonly string[]
  /** Weights of the last layer. */
  head: readonly string[]
  /** Weights of the scene adapter. */
  added: readonly string[]
  /** The network's middle features, null where it names none. */
  middle: string | null
}

/** Whether a value, node or weight belongs to a layer, by its name. */
export function belongsTo(layer: string, name: string): boolean {
  return name === layer || name.startsWith(`${layer}/`) || name.startsWith(`${layer}.`)
}

/** The inputs of nodes that depend on `values` or on a node of `starts`; nodes are in order. */
function inputsFrom(
  graph: Graph,
  values: readonly string[],
  starts: (node: GraphNode) => boolean,
): Set<string> {
  const reached = new Set(values)
  const inputs = new Set<string>()
  for (const node of graph.nodes) {
    if (!starts(node) && !node.inputs.some((input) => reached.has(input))) continue
    for (const output of node.outputs) reached.add(output)
    for (const input of node.inputs) inputs.add(input)
  }
  return inputs
}

function fromLayer(graph: Graph, layer: string): Set<string> {
  const starts = ({ name, inputs, outputs }: GraphNode) =>
    [name, ...outputs, ...inputs.filter((input) => graph.weights.has(input))].some((one) =>
      belongsTo(layer, one),
    )
  const found = inputsFrom(graph, [], starts)
  if (found.size > 0) return found
  throw new AppError(
    'bad-value',
    `the network has no layer '${layer}'`,
    `Its weights are ${[...graph.weights.keys()].slice(0, 10).join(', ')} …`,
  )
}

function fromMiddle(graph: Graph, middle: string | null): Set<string> {
  if (middle !== null) return inputsFrom(graph, [middle], () => false)
  throw new AppError(
    'bad-value',
    'the network names no middle features from which it could be trained',
    'Use --scope all, or name a layer.',
  )
}

function inScope(graph: Graph, scope: string, landmarks: ScopeLandmarks): Set<string> | null {
  if (scope === 'all') return null
  if (scope === 'head') return new Set(landmarks.head)
  return scope === 'middle' ? fromMiddle(graph, landmarks.middle) : fromLayer(graph, scope)
}

/** Kernels and biases of convolutions that look at one channel at a time. */
function depthwiseWeights(graph: Graph): Set<string> {
  const isDepthwise = (node: GraphNode) =>
    node.op === 'Conv' &&
    intAttribute(node, 'group', 1) > 1 &&
    graph.weights.get(node.inputs[1] ?? '')?.shape[1] === 1
  return new Set(graph.nodes.filter(isDepthwise).flatMap(({ inputs }) => inputs.slice(1)))
}

/**
 * The weights that the settings' scope means: those of the last layer (`head`), of
 * everything (`all`), of everything behind the middle features (`middle`) or from a layer on, by its
 * name; then those of the adapter in any case. `graph` is the network with its adapter.
 *
 * @throws AppError `bad-value` for a layer that is not there; `unsupported-model` when nothing is left.
 */
export function chooseParameters(
  graph: Graph,
  { scope, freezeDepthwise }: Pick<TrainSettings, 'scope' | 'freezeDepthwise'>,
  landmarks: ScopeLandmarks,
): string[] {
  const wanted = inScope(graph, scope, landmarks)
  const left = freezeDepthwise ? depthwiseWeights(graph) : new Set()
  const isChosen = (name: string) => (wanted?.has(name) ?? true) && !left.has(name)
  const chosen = [...landmarks.trainable.filter(isChosen), ...landmarks.added]
  if (chosen.length > 0) return chosen
  throw new AppError('unsupported-model', 'the network has nothing that could be trained there')
}
