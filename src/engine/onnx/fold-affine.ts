/**
 * @file Folds what scales and shifts channels after a convolution into its weights and bias:
 * batch normalisation, and products and sums with constants.
 */
import { producersOf, prune, usersOf } from './edit.ts'
import { addWeight, floatAttribute, type Graph, type GraphNode } from './graph.ts'
import { floatsOf, floatTensor, sizeOf } from './tensor.ts'

/** y = scale · x + shift for each channel; one element = the same for all. */
interface Affine {
  input: string
  scale: Float64Array
  shift: Float64Array
}

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

function batchNormalization(graph: Graph, node: GraphNode): Affine | null {
  const [input = '', ...names] = node.inputs
  const [gamma, beta, mean, variance] = names.map((name) => graph.weights.get(name))
  if (!gamma || !beta || !mean || !variance || node.outputs.length > 1) return null
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

const affineSteps: Record<string, (graph: Graph, node: GraphNode) => Affine | null> = {
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
  BatchNormalization: batchNormalization,
}

/**
 * The convolution that can take the step on `value`: the one that computes it, or, for a mere
 * shift, one that is summed into it. (TensorFlow's optimiser moves the bias of a residual's
 * projection behind the sum: (a + conv) + bias.) Nobody else may use what lies in between.
 */
function hostOf(graph: Graph, value: string, onlyShift: boolean): GraphNode | null {
  const producers = producersOf(graph)
  const users = usersOf(graph)
  const find = (name: string): GraphNode | null => {
    const node = producers.get(name)
    const used = (users.get(name) ?? []).length
    if (!node || used !== 1 || graph.outputs.some((output) => output.name === name)) return null
    if (node.op === 'Conv') return graph.weights.has(node.inputs[1] ?? '') ? node : null
    if (!onlyShift || (node.op !== 'Add' && node.op !== 'Sum')) return null
    return node.inputs.map(find).find((host) => host !== null) ?? null
  }
  return find(value)
}

/** Puts a step into a convolution, whose new weights are named after its result. */
function absorb(graph: Graph, conv: GraphNode, { scale, shift }: Affine): void {
  const [name = ''] = conv.outputs
  const [input = '', weightName = '', biasName = ''] = conv.inputs
  const weight = graph.weights.get(weightName)
  if (!weight) return
  const bias = graph.weights.get(biasName)
  const [channels = 1] = weight.shape
  const each = sizeOf(weight.shape) / channels
  const at = (values: ArrayLike<number>, c: number) => values[values.length === 1 ? 0 : c] ?? 0
  const newWeight = floatsOf(weight, weightName).map(
    (value, i) => value * at(scale, Math.floor(i / each)),
  )
  const oldBias = bias ? floatsOf(bias, biasName) : new Float32Array(channels)
  const newBias = oldBias.map((value, c) => value * at(scale, c) + at(shift, c))
  conv.inputs = [
    input,
    addWeight(graph, `${name}/weight`, floatTensor(weight.shape, newWeight)),
    addWeight(graph, `${name}/bias`, floatTensor([channels], newBias)),
  ]
}

/** Whether a step may go into a convolution: it has one element, or one for each channel. */
function fits(graph: Graph, conv: GraphNode, { scale, shift }: Affine): boolean {
  const channels = graph.weights.get(conv.inputs[1] ?? '')?.shape[0] ?? 0
  return [scale, shift].every(({ length }) => length === 1 || length === channels)
}

/**
 * Folds every affine step that follows a convolution with constant weights into it. What computed
 * the step's input then computes its result, under the result's name.
 */
export function foldAffine(graph: Graph): void {
  for (const node of [...graph.nodes]) {
    const step = node.domain === '' ? affineSteps[node.op]?.(graph, node) : null
    const [output] = node.outputs
    const producer = step && producersOf(graph).get(step.input)
    if (!step || !producer || output === undefined) continue
    const onlyShift = step.scale.every((value) => value === 1)
    const host = hostOf(graph, step.input, onlyShift)
    if (!host || !fits(graph, host, step)) continue
    graph.nodes = graph.nodes.filter((other) => other !== node)
    producer.outputs = producer.outputs.map((name) => (name === step.input ? output : name))
    absorb(graph, host, step)
  }
  prune(graph)
}
