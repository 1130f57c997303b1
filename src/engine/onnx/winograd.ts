/**
 * @file 3x3 convolutions of many channels with a quarter of the products: Winograd's minimal
 * filtering in ONNX's own operators (Lavin & Gray 2016, section 4). ONNX Runtime computes such a
 * convolution in a third to two thirds of the time; its results move by 1e-6 to 1e-5 of the largest.
 *
 * Pixels become rows of channels. The rows that a tile reads are gathered, whatever the dilation, and
 * a matrix makes the tile's points of them; at each point another mixes the channels; a third makes
 * results of the points, which are gathered into pictures again. All but the two transposes use
 * every thread.
 */
import { prune } from './edit.ts'
import {
  type Attribute,
  addWeight,
  type Graph,
  type GraphNode,
  intAttribute,
  intsAttribute,
} from './graph.ts'
import { shapeOf } from './shapes.ts'
import { floatTensor, intTensor, type Tensor } from './tensor.ts'
import { rowsRead, rowsWritten } from './tile-rows.ts'
import { bestTiling, type ConvolutionSizes, type Tiling } from './tiling.ts'
import { kroneckerSquare } from './toom-cook.ts'

/** A 3x3 convolution that keeps the picture's size. */
interface Plain extends ConvolutionSizes {
  /** `[filters, channels, 3, 3]` */
  data: Float32Array
}

/** Whether an input is left out, or a weight. */
const isConstant = (graph: Graph, name: string): boolean => name === '' || graph.weights.has(name)

function plainOf(graph: Graph, node: GraphNode): Plain | null {
  const weight = graph.weights.get(node.inputs[1] ?? '')
  if (node.op !== 'Conv' || node.domain !== '' || !(weight?.data instanceof Float32Array))
    return null
  const [filters = 0, channels = 0, ...kernel] = weight.shape
  const [dilation = 1, across = dilation] = intsAttribute(node, 'dilations', [])
  const isPlain =
    kernel.join() === '3,3' &&
    dilation === across &&
    intAttribute(node, 'group', 1) === 1 &&
    intsAttribute(node, 'strides', []).every((stride) => stride === 1) &&
    intsAttribute(node, 'pads', []).join() === Array(4).fill(dilation).join()
  if (!isPlain || !isConstant(graph, node.inputs[2] ?? '')) return null
  const [pictures = 1, , height = 0, width = 0] = shapeOf(graph, node.inputs[0] ?? '')
  return { data: weight.data, pictures, channels, filters, height, width, dilation }
}

/** Appends nodes named after the convolution's result; each method returns the name of its value. */
class Writer {
  readonly nodes: GraphNode[] = []
  readonly #graph: Graph
  readonly #prefix: string

  constructor(graph: Graph, prefix: string) {
    this.#graph = graph
    this.#prefix = prefix
  }

  weight(name: string, tensor: Tensor): string {
    return addWeight(this.#graph, `${this.#prefix}/${name}`, tensor)
  }

  add(op: string, name: string, inputs: string[], attributes: Record<string, Attribute> = {}) {
    const output = `${this.#prefix}/${name}`
    this.nodes.push({ op, domain: '', name: output, inputs, outputs: [output], attributes })
    return output
  }

  reshape(value: string, name: string, shape: readonly number[]): string {
    return this.add('Reshape', name, [value, this.weight(`${name}/shape`, intTensor([...shape]))])
  }

  transpose(value: string, name: string, perm: readonly number[]): string {
    return this.add('Transpose', name, [value], { perm: { ints: perm } })
  }
}

/** Pixels as rows, with one of zeros after the last: `[pictures · height · width + 1, channels]`. */
function pixelRows(write: Writer, input: string, sizes: ConvolutionSizes): string {
  const { pictures, height, width, channels } = sizes
  const last = write.transpose(input, 'channels last', [0, 2, 3, 1])
  const rows = write.reshape(last, 'rows', [pictures * height * width, channels])
  return write.add('Pad', 'padded', [rows, write.weight('padding', intTensor([0, 0, 1, 0]))])
}

/** The numbers at the points of every tile: `[points, tiles, channels]`. */
function transformInput(write: Writer, input: string, tiling: Tiling): string {
  const { tiles, points, pixels, channels, tile } = tiling
  const places = { type: 'int32', shape: [pixels, tiles], data: rowsRead(tiling) } as const
  const rows = [pixelRows(write, input, tiling), write.weight('read', places)]
  const gathered = write.add('Gather', 'gathered', rows)
  const flat = write.reshape(gathered, 'gathered flat', [pixels, tiles * channels])
  const { shape, data } = kroneckerSquare(tile.input)
  const matrix = write.weight('input', floatTensor(shape, data))
  const mixed = write.add('MatMul', 'points flat', [matrix, flat])
  return write.reshape(mixed, 'points', [points, tiles, channels])
}

/** The weights at the points, `[points, channels, filters]`: ONNX Runtime computes them once. */
function transformKernel(write: Writer, tiling: Tiling & Plain): string {
  const { data, filters, channels, points, tile } = tiling
  const turned = new Float32Array(data.length)
  for (let filter = 0; filter < filters; filter++)
    for (let channel = 0; channel < channels; channel++) {
      const from = 9 * (filter * channels + channel)
      turned.set(data.subarray(from, from + 9), 9 * (channel * filters + filter))
    }
  const { shape, data: square } = kroneckerSquare(tile.kernel)
  const matrix = write.weight('kernel', floatTensor(shape, square))
  const rows = write.weight('weight', floatTensor([channels * filters, 9], turned))
  const product = write.add('Gemm', 'mixing flat', [matrix, rows], { transB: { int: 1 } })
  return write.reshape(product, 'mixing', [points, channels, filters])
}

/** From `[points, tiles, filters]` to the pixels of the convolution, as rows. */
function transformOutput(write: Writer, value: string, tiling: Tiling): string {
  const { pictures, filters, height, width, tile, tiles, points, results } = tiling
  const { shape, data } = kroneckerSquare(tile.output)
  const flat = write.reshape(value, 'product flat', [points, tiles * filters])
  const matrix = write.weight('output', floatTensor(shape, data))
  const pixels = write.add('MatMul', 'results flat', [matrix, flat])
  const rows = write.reshape(pixels, 'results', [results * tiles, filters])
  const size = [pictures * height * width]
  const places = { type: 'int32', shape: size, data: rowsWritten(tiling) } as const
  return write.add('Gather', 'pixels', [rows, write.weight('written', places)])
}

/** The nodes that take the convolution's place. */
function replacement(graph: Graph, node: GraphNode, tiling: Tiling & Plain): GraphNode[] {
  const { pictures, height, width, filters } = tiling
  const [output = ''] = node.outputs
  const write = new Writer(graph, `${output}/winograd`)
  const points = transformInput(write, node.inputs[0] ?? '', tiling)
  const mixed = write.add('MatMul', 'product', [points, transformKernel(write, tiling)])
  let pixels = transformOutput(write, mixed, tiling)
  const bias = graph.weights.get(node.inputs[2] ?? '')?.data
  if (bias instanceof Float32Array)
    pixels = write.add('Add', 'sum', [pixels, write.weight('bias', floatTensor([filters], bias))])
  const last = write.reshape(pixels, 'picture', [pictures, height, width, filters])
  const picture = write.transpose(last, 'channels first', [0, 3, 1, 2])
  return write.nodes.map((made) =>
    made.outputs[0] === picture ? { ...made, name: output, outputs: [output] } : made,
  )
}

/**
 * Computes the 3x3 convolutions for which it pays this way, in a graph of fixed shapes. Returns how
 * many these were.
 */
export function winograd(graph: Graph): number {
  let changed = 0
  for (const node of [...graph.nodes]) {
    const plain = plainOf(graph, node)
    const tiling = plain && bestTiling(plain)
    if (!tiling) continue
    const nodes = replacement(graph, node, { ...plain, ...tiling })
    graph.nodes = graph.nodes.flatMap((other) => (other === node ? nodes : [other]))
    changed += 1
  }
  prune(graph)
  return changed
}
