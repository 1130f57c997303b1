/**
 * @file Widely dilated 3x3 convolutions of small pictures (DeepLab's: taps up to 36 pixels apart, on
 * pictures of 32 or 64) mostly multiply the zeros around the picture. Split into columns of which
 * each has the same taps inside of the picture, they do not: 8 % of DeepLabV3-MobileNetV3's time.
 */
import { prune } from './edit.ts'
import { addWeight, type Graph, type GraphNode, intAttribute, intsAttribute } from './graph.ts'
import { shapeOf } from './shapes.ts'
import { floatTensor, intTensor, type Tensor } from './tensor.ts'

/** Pixels from `start` to `end` along an axis whose taps `first` to `last` lie within the picture. */
interface Band {
  start: number
  end: number
  /** -1, 0 or 1 times the dilation. */
  first: number
  last: number
}

/** The bands of an axis of `length` pixels for three taps, `dilation` apart. */
function bandsOf(length: number, dilation: number): Band[] {
  const near = Math.min(dilation, length)
  const far = Math.max(length - dilation, 0)
  const [low, high] = [Math.min(near, far), Math.max(near, far)]
  const isWide = far > near
  return [
    { start: 0, end: low, first: 0, last: 1 },
    { start: low, end: high, first: isWide ? -1 : 0, last: isWide ? 1 : 0 },
    { start: high, end: length, first: -1, last: 0 },
  ].filter(({ start, end }) => end > start)
}

/** A 3x3 convolution that keeps the picture's size. */
interface Dilated {
  node: GraphNode
  weight: Tensor
  data: Float32Array
  /** Columns of the picture. */
  width: number
  /** Between the taps, in rows and columns. */
  dilations: readonly [number, number]
}

/** Where at most this part of the products is left, splitting pays. */
const worthwhile = 0.8

/** Narrower ones are split for no picture that is worth it. */
const leastDilation = 6

function dilatedOf(graph: Graph, node: GraphNode): Dilated | null {
  const weight = graph.weights.get(node.inputs[1] ?? '')
  if (node.op !== 'Conv' || node.domain !== '' || !(weight?.data instanceof Float32Array))
    return null
  const [down = 1, across = 1] = intsAttribute(node, 'dilations', [])
  const isPlain =
    weight.shape.slice(2).join() === '3,3' &&
    intAttribute(node, 'group', 1) === 1 &&
    intsAttribute(node, 'strides', []).every((stride) => stride === 1) &&
    intsAttribute(node, 'pads', []).join() === [down, across, down, across].join()
  if (!isPlain || across < leastDilation) return null
  const width = shapeOf(graph, node.inputs[0] ?? '')[3] ?? 0
  const left = (width + 2 * Math.max(0, width - across)) / (3 * width)
  if (left > worthwhile) return null
  return { node, weight, data: weight.data, width, dilations: [down, across] }
}

/** The columns of the kernel for the taps of a band. */
function kernelColumns({ weight, data }: Dilated, { first, last }: Band): Tensor {
  const columns = last - first + 1
  const shape = weight.shape.with(3, columns)
  const part = new Float32Array((data.length / 3) * columns)
  for (let row = 0; row < data.length / 3; row++)
    part.set(data.subarray(3 * row + first + 1, 3 * row + last + 2), row * columns)
  return floatTensor(shape, part)
}

/** The nodes that compute one band. */
function bandNodes(graph: Graph, dilated: Dilated, band: Band, name: string): GraphNode[] {
  const { node, width, dilations } = dilated
  const [down, across] = dilations
  const [input = '', , ...bias] = node.inputs
  const from = band.start + band.first * across
  const to = band.end + band.last * across
  const isWhole = from === 0 && to === width
  const weight = addWeight(graph, `${name}/weight`, kernelColumns(dilated, band))
  const conv: GraphNode = {
    ...node,
    name,
    inputs: [isWhole ? input : `${name}/input`, weight, ...bias],
    outputs: [name],
    attributes: {
      ...node.attributes,
      kernel_shape: { ints: [3, band.last - band.first + 1] },
      pads: { ints: [down, 0, down, 0] },
    },
  }
  if (isWhole) return [conv]
  const limits = [[from], [to], [3]].map((values, i) =>
    addWeight(graph, `${name}/limit${i}`, intTensor(values)),
  )
  const slice = { op: 'Slice', domain: '', name: `${name}/input`, attributes: {} }
  return [{ ...slice, inputs: [input, ...limits], outputs: [`${name}/input`] }, conv]
}

/**
 * Splits the convolutions for which that pays, in a graph of fixed shapes. (Rows are left to ONNX
 * Runtime, which skips taps above and below the picture.) Returns how many these were.
 */
export function skipPadding(graph: Graph): number {
  let changed = 0
  for (const node of [...graph.nodes]) {
    const dilated = dilatedOf(graph, node)
    const [output = ''] = node.outputs
    if (!dilated) continue
    const bands = bandsOf(dilated.width, dilated.dilations[1])
    const names = bands.map((_, i) => `${output}/columns${i}`)
    const parts = bands.flatMap((band, i) => bandNodes(graph, dilated, band, names[i] ?? ''))
    const axis = { axis: { int: 3 } }
    const join = { op: 'Concat', domain: '', name: output, attributes: axis }
    const replacement = [...parts, { ...join, inputs: names, outputs: [output] }]
    graph.nodes = graph.nodes.flatMap((other) => (other === node ? replacement : [other]))
    changed += 1
  }
  prune(graph)
  return changed
}
