/** @file 1x1 convolutions as matrices. */
import { type Graph, type GraphNode, intAttribute, intsAttribute } from './graph.ts'
import type { Tensor } from './tensor.ts'

/** A 1x1 convolution with constant weights: `rows` channels from `columns` channels. */
export interface Pointwise {
  node: GraphNode
  input: string
  output: string
  rows: number
  columns: number
  /** `[rows, columns]` */
  weight: Float32Array
  /** `[rows]` */
  bias: Float32Array
}

function floats(tensor: Tensor | undefined): Float32Array | null {
  return tensor?.data instanceof Float32Array ? tensor.data : null
}

function isPlain(node: GraphNode): boolean {
  return (
    node.op === 'Conv' &&
    node.domain === '' &&
    intAttribute(node, 'group', 1) === 1 &&
    intsAttribute(node, 'strides', []).every((stride) => stride === 1) &&
    intsAttribute(node, 'pads', []).every((pad) => pad === 0)
  )
}

/** The node as a matrix, or null when it is anything but a plain 1x1 convolution. */
export function pointwiseOf(graph: Graph, node: GraphNode): Pointwise | null {
  const [input = '', weightName = '', biasName = ''] = node.inputs
  const tensor = graph.weights.get(weightName)
  const [rows = 0, columns = 0, ...kernel] = tensor?.shape ?? []
  const weight = floats(tensor)
  const bias = biasName === '' ? new Float32Array(rows) : floats(graph.weights.get(biasName))
  if (!isPlain(node) || kernel.join() !== '1,1' || !weight || !bias) return null
  return { node, input, output: node.outputs[0] ?? '', rows, columns, weight, bias }
}

/** second(first(x)) as one matrix and bias, computed in float64. */
export function product(
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

/** The columns of a matrix from `first` up to, not including, `end`. */
export function columnsOf({ weight, rows, columns }: Pointwise, first: number, end: number) {
  const part = new Float32Array(rows * (end - first))
  for (let i = 0; i < rows; i++)
    part.set(weight.subarray(i * columns + first, i * columns + end), i * (end - first))
  return part
}
