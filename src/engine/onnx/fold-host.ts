/** @file Layers whose weights and bias can take a scale and a shift of each channel of their result. */
import { addWeight, floatAttribute, type Graph, type GraphNode, intAttribute } from './graph.ts'
import { floatsOf, floatTensor, sizeOf } from './tensor.ts'

/** y = scale · x + shift for each channel; one element = the same for all. */
export interface Affine {
  input: string
  scale: Float64Array
  shift: Float64Array
}

/** How many channels a layer has, and which of them an element of its weight makes. */
interface Channels {
  count: number
  of(element: number): number
}

type Host = (node: GraphNode, shape: readonly number[]) => Channels | null

/** Weight [M, C / group, ...]. */
const conv: Host = (_, shape) => {
  const each = sizeOf(shape.slice(1))
  return { count: shape[0] ?? 0, of: (element) => Math.floor(element / each) }
}

/** Weight [C, M / group, ...]: every group of input channels makes its own group of channels. */
const convTranspose: Host = (node, [inputs = 1, perGroup = 1, ...kernel]) => {
  const groups = intAttribute(node, 'group', 1)
  const taps = sizeOf(kernel)
  const perInput = taps * perGroup
  return {
    count: perGroup * groups,
    of: (element) => {
      const group = Math.floor((Math.floor(element / perInput) * groups) / inputs)
      return group * perGroup + (Math.floor(element / taps) % perGroup)
    },
  }
}

/** Weight [K, M], or [M, K] with transB. */
const gemm: Host = (node, [rows = 1, columns = 1]) => {
  const isPlain = ['alpha', 'beta'].every((name) => floatAttribute(node, name, 1) === 1)
  if (!isPlain) return null
  return intAttribute(node, 'transB', 0) === 0
    ? { count: columns, of: (element) => element % columns }
    : { count: rows, of: (element) => Math.floor(element / columns) }
}

const hosts: Readonly<Record<string, Host>> = {
  Conv: conv,
  ConvTranspose: convTranspose,
  Gemm: gemm,
}

/** The channels of a layer with constant weight and bias; null for everything else. */
function channelsOf(graph: Graph, node: GraphNode): Channels | null {
  const [, weight = '', bias = ''] = node.inputs
  const shape = graph.weights.get(weight)?.shape
  const channels = node.domain === '' && shape ? hosts[node.op]?.(node, shape) : null
  if (!channels || bias === '') return channels ?? null
  const biasShape = graph.weights.get(bias)?.shape
  return biasShape && sizeOf(biasShape) === channels.count ? channels : null
}

/** Whether a node is a layer that can take steps. */
export function isHost(graph: Graph, node: GraphNode): boolean {
  return channelsOf(graph, node) !== null
}

/**
 * Whether a step of an operator may go into a layer: it has one element, or one for each channel.
 * (A constant of three sides beside the matrix that Gemm gives would not go by channels.)
 */
export function fits(graph: Graph, node: GraphNode, op: string, { scale, shift }: Affine): boolean {
  if (node.op === 'Gemm' && op !== 'BatchNormalization') return false
  const count = channelsOf(graph, node)?.count
  return [scale, shift].every(({ length }) => length === 1 || length === count)
}

/** Puts a step into a layer, whose new weights are named after its result. */
export function absorb(graph: Graph, node: GraphNode, { scale, shift }: Affine): void {
  const [name = ''] = node.outputs
  const [input = '', weightName = '', biasName = ''] = node.inputs
  const channels = channelsOf(graph, node)
  const weight = graph.weights.get(weightName)
  if (!channels || !weight) return
  const bias = graph.weights.get(biasName)
  const at = (values: Float64Array, c: number) => values[values.length === 1 ? 0 : c] ?? 0
  const newWeight = floatsOf(weight, weightName).map(
    (value, i) => value * at(scale, channels.of(i)),
  )
  const oldBias = bias ? floatsOf(bias, biasName) : new Float32Array(channels.count)
  const newBias = oldBias.map((value, c) => value * at(scale, c) + at(shift, c))
  node.inputs = [
    input,
    addWeight(graph, `${name}/weight`, floatTensor(weight.shape, newWeight)),
    addWeight(graph, `${name}/bias`, floatTensor([channels.count], newBias)),
  ]
}
