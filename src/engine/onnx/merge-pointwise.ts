/**
 * @file Two 1x1 convolutions with nothing between them are one linear step: their product is cheaper
 * where the middle has about as many channels as the ends. (In MobileNet-based DeepLab the last
 * projection, 960 to 320, is followed by another, 320 to 256: 7 % of the whole network.)
 */
import { prune, usersOf } from './edit.ts'
import {
  addWeight,
  type Graph,
  type GraphNode,
  intAttribute,
  intsAttribute,
  stringAttribute,
} from './graph.ts'
import { floatTensor, type Tensor } from './tensor.ts'

/** A 1x1 convolution with constant weights: `rows` channels from `columns` channels. */
interface Pointwise {
  node: GraphNode
  input: string
  rows: number
  columns: number
  /** `[rows, columns]` */
  weight: Float32Array
  /** `[rows]`; empty = none. */
  bias: Float32Array
}

function floats(tensor: Tensor | undefined): Float32Array {
  return tensor?.data instanceof Float32Array ? tensor.data : new Float32Array()
}

function pointwiseOf(graph: Graph, node: GraphNode): Pointwise | null {
  const [input = '', weightName = '', biasName = ''] = node.inputs
  const tensor = graph.weights.get(weightName)
  const [rows = 0, columns = 0, ...kernel] = tensor?.shape ?? []
  const weight = floats(tensor)
  const isPlain =
    node.op === 'Conv' &&
    node.domain === '' &&
    kernel.join() === '1,1' &&
    intAttribute(node, 'group', 1) === 1 &&
    intsAttribute(node, 'strides', []).every((stride) => stride === 1) &&
    intsAttribute(node, 'pads', []).every((pad) => pad === 0) &&
    stringAttribute(node, 'auto_pad', 'NOTSET') === 'NOTSET'
  if (!isPlain || weight.length === 0 || (biasName !== '' && !graph.weights.has(biasName)))
    return null
  return { node, input, rows, columns, weight, bias: floats(graph.weights.get(biasName)) }
}

/** Everything that uses the first convolution's result, or null when something else does. */
function usersToMerge(
  graph: Graph,
  first: Pointwise,
): { convolutions: Pointwise[]; averages: GraphNode[] } | null {
  const [result = ''] = first.node.outputs
  const users = usersOf(graph).get(result) ?? []
  const averages = users.filter(({ op }) => op === 'GlobalAveragePool')
  const others = users.filter(({ op }) => op !== 'GlobalAveragePool')
  const convolutions = others.flatMap((user) => pointwiseOf(graph, user) ?? [])
  const isOutput = graph.outputs.some(({ name }) => name === result)
  if (isOutput || convolutions.length === 0 || convolutions.length < others.length) return null
  return { convolutions, averages }
}

/** second(first(x)), computed in float64. */
function product(
  first: Pointwise,
  second: Pointwise,
): { weight: Float32Array; bias: Float32Array } {
  const weight = new Float32Array(second.rows * first.columns)
  const bias = new Float32Array(second.rows)
  const row = new Float64Array(first.columns)
  for (let i = 0; i < second.rows; i++) {
    row.fill(0)
    let sum = second.bias[i] ?? 0
    for (let k = 0; k < second.columns; k++) {
      const factor = second.weight[i * second.columns + k] ?? 0
      sum += factor * (first.bias[k] ?? 0)
      for (let j = 0; j < first.columns; j++)
        row[j] = (row[j] ?? 0) + factor * (first.weight[k * first.columns + j] ?? 0)
    }
    weight.set(row, i * first.columns)
    bias[i] = sum
  }
  return { weight, bias }
}

function mergeInto(graph: Graph, first: Pointwise, second: Pointwise): void {
  const { weight, bias } = product(first, second)
  const [name = ''] = second.node.outputs
  const shape = [second.rows, first.columns, 1, 1]
  second.node.inputs = [
    first.input,
    addWeight(graph, `${name}/merged/weight`, floatTensor(shape, weight)),
    addWeight(graph, `${name}/merged/bias`, floatTensor([second.rows], bias)),
  ]
}

/** The average of a linear step is the linear step of the average, which is one pixel. */
function averageFirst(graph: Graph, first: Pointwise, average: GraphNode): void {
  const pooled = `${average.outputs[0] ?? ''}/before`
  const moved = { ...average, inputs: [first.input], outputs: [pooled] }
  const convolution = {
    ...first.node,
    inputs: [pooled, ...first.node.inputs.slice(1)],
    outputs: average.outputs,
  }
  graph.nodes = graph.nodes.flatMap((node) => (node === average ? [moved, convolution] : [node]))
}

/** Merges 1x1 convolutions wherever that needs fewer products per pixel. */
export function mergePointwise(graph: Graph): void {
  for (const node of [...graph.nodes]) {
    const first = pointwiseOf(graph, node)
    const users = first && usersToMerge(graph, first)
    if (!first || !users) continue
    const { convolutions, averages } = users
    const outgoing = convolutions.reduce((sum, { rows }) => sum + rows, 0)
    if (outgoing * first.columns >= (first.columns + outgoing) * first.rows) continue
    for (const convolution of convolutions) mergeInto(graph, first, convolution)
    for (const average of averages) averageFirst(graph, first, average)
  }
  prune(graph)
}
