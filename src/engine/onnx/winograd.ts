/**
 * @file 3x3 convolutions of many channels with a quarter of the products: Winograd's minimal
 * filtering F(4x4, 3x3) in ONNX's own operators (Lavin & Gray 2016, section 4). ONNX Runtime computes
 * such a convolution in a third to two thirds of the time; its results move by some 1e-6 of the
 * largest.
 *
 * Tiles of 6x6 pixels, four apart, are transformed by a convolution of each channel by itself with
 * 36 kernels; the channels are mixed by a matrix for each of the 36 points; and a matrix of 16 rows
 * makes 4x4 results of each tile. A dilated convolution works on every d-th row and column by
 * itself: the picture is taken apart into d·d pictures first.
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
import { kroneckerSquare, minimalFiltering } from './toom-cook.ts'

/** Results of a tile along an axis. */
const results = 4
/** Pixels of a tile along an axis. */
const side = 6
const points = side * side
/** Of the choices of points that were tried (1, 2; 1, 1/2; 1, 1/2, -2 …), the most exact one. */
const filtering = minimalFiltering(results, 3, [
  0,
  Math.SQRT1_2,
  -Math.SQRT1_2,
  Math.SQRT2,
  -Math.SQRT2,
])

/** Products that take as long as the transforms of one channel's pixel, there or back (measured). */
const productsPerTransform = 250
/** Where at most this part of the time is left, it pays. */
const worthwhile = 0.75

/** A 3x3 convolution that keeps the picture's size. */
interface Plain {
  node: GraphNode
  weight: Tensor
  data: Float32Array
  pictures: number
  /** Channels of the input and of the output. */
  channels: number
  filters: number
  height: number
  width: number
  dilation: number
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
  return { node, weight, data: weight.data, pictures, channels, filters, height, width, dilation }
}

/** Tiles along an axis of each of the pictures that a dilated convolution works on. */
const tilesAlong = (length: number, dilation: number): number =>
  Math.ceil(Math.ceil(length / dilation) / results)

function pays({ channels, filters, height, width, dilation }: Plain): boolean {
  const covered =
    tilesAlong(height, dilation) * tilesAlong(width, dilation) * (results * dilation) ** 2
  const mixing = (points / results ** 2) * channels * filters
  const transforms = productsPerTransform * (channels + filters)
  return covered * (mixing + transforms) < worthwhile * 9 * channels * filters * height * width
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

/** Sizes in tiles. */
interface Tiling extends Plain {
  down: number
  across: number
  /** Pictures that are worked on: those of the input, taken apart. */
  parts: number
}

/** Every channel as a picture of its own, taken apart: `[parts · channels, 1, rows, columns]`. */
function takeApart(
  write: Writer,
  tiling: Tiling,
): { value: string; rows: number; columns: number } {
  const { node, pictures, channels, height, width, dilation: d } = tiling
  const [rows, columns] = [Math.ceil(height / d), Math.ceil(width / d)]
  let value = node.inputs[0] ?? ''
  if (rows * d > height || columns * d > width) {
    const after = [0, 0, 0, 0, 0, 0, rows * d - height, columns * d - width]
    value = write.add('Pad', 'padded', [value, write.weight('padding', intTensor(after))])
  }
  if (d > 1) {
    value = write.reshape(value, 'strided', [pictures, channels, rows, d, columns, d])
    value = write.transpose(value, 'apart', [0, 3, 5, 1, 2, 4])
  }
  const shape = [tiling.parts * channels, 1, rows, columns]
  return { value: write.reshape(value, 'channels', shape), rows, columns }
}

/** The 36 numbers of every tile: `[36, channels, parts · tiles]`. */
function transformInput(write: Writer, tiling: Tiling): string {
  const { channels, parts, down, across } = tiling
  const { value, rows, columns } = takeApart(write, tiling)
  const { data } = kroneckerSquare(filtering.input)
  const kernels = write.weight('tile', floatTensor([points, 1, side, side], data))
  const after = [results * down + 1 - rows, results * across + 1 - columns]
  const tiles = write.add('Conv', 'tiles', [value, kernels], {
    kernel_shape: { ints: [side, side] },
    strides: { ints: [results, results] },
    pads: { ints: [1, 1, ...after] },
  })
  const split = write.reshape(tiles, 'split', [parts, channels, points, down * across])
  const turned = write.transpose(split, 'turned', [2, 1, 0, 3])
  return write.reshape(turned, 'points', [points, channels, parts * down * across])
}

/** The weights at the 36 points, `[36, filters, channels]`: ONNX Runtime computes them once. */
function transformKernel(write: Writer, { data, filters, channels }: Tiling): string {
  const { shape, data: square } = kroneckerSquare(filtering.kernel)
  const matrix = write.weight('kernel', floatTensor(shape, square))
  const rows = write.weight('weight', floatTensor([filters * channels, 9], data))
  const attributes = { transB: { int: 1 } }
  const product = write.add('Gemm', 'mixed', [matrix, rows], attributes)
  return write.reshape(product, 'mixing', [points, filters, channels])
}

/** From `[36, filters, parts · tiles]` to the picture of the convolution. */
function transformOutput(write: Writer, value: string, tiling: Tiling): string {
  const { pictures, filters, height, width, dilation: d, down, across, parts } = tiling
  const { shape, data } = kroneckerSquare(filtering.output)
  const flat = write.reshape(value, 'flat', [points, filters * parts * down * across])
  const matrix = write.weight('untile', floatTensor(shape, data))
  const pixels = write.add('MatMul', 'pixels', [matrix, flat])
  const apart = [results, results, filters, pictures, d, d, down, across]
  const named = write.reshape(pixels, 'named', apart)
  const ordered = write.transpose(named, 'ordered', [3, 2, 6, 0, 4, 7, 1, 5])
  const [rows, columns] = [down * results * d, across * results * d]
  const whole = write.reshape(ordered, 'whole', [pictures, filters, rows, columns])
  if (rows === height && columns === width) return whole
  const limits = [
    [0, 0],
    [height, width],
    [2, 3],
  ].map((values, i) => write.weight(`limit${i}`, intTensor(values)))
  return write.add('Slice', 'cut', [whole, ...limits])
}

/** The nodes that take the convolution's place. */
function replacement(graph: Graph, plain: Plain): GraphNode[] {
  const { node, pictures, height, width, dilation, filters } = plain
  const [output = ''] = node.outputs
  const bias = graph.weights.get(node.inputs[2] ?? '')?.data
  const tiling: Tiling = {
    ...plain,
    down: tilesAlong(height, dilation),
    across: tilesAlong(width, dilation),
    parts: pictures * dilation ** 2,
  }
  const write = new Writer(graph, `${output}/winograd`)
  const input = transformInput(write, tiling)
  const mixed = write.add('MatMul', 'product', [transformKernel(write, tiling), input])
  const picture = transformOutput(write, mixed, tiling)
  const shift = bias instanceof Float32Array ? bias : new Float32Array(filters)
  const addend = write.weight('bias', floatTensor([filters, 1, 1], shift))
  const sum = { op: 'Add', domain: '', name: output, attributes: {} }
  return [...write.nodes, { ...sum, inputs: [picture, addend], outputs: [output] }]
}

/**
 * Computes the 3x3 convolutions for which it pays this way, in a graph of fixed shapes. Returns how
 * many these were.
 */
export function winograd(graph: Graph): number {
  let changed = 0
  for (const node of [...graph.nodes]) {
    const plain = plainOf(graph, node)
    if (!plain || !pays(plain)) continue
    const nodes = replacement(graph, plain)
    graph.nodes = graph.nodes.flatMap((other) => (other === node ? nodes : [other]))
    changed += 1
  }
  prune(graph)
  return changed
}
