/**
 * @file Finds what makes a network's logits: from an output upwards through nodes that keep classes
 * apart (Resize and the like) to Conv, ConvTranspose, Gemm or MatMul with constant weights.
 */
import { AppError } from '../../shared/errors.ts'
import { producersOf } from '../onnx/edit.ts'
import { type Graph, type GraphNode, intAttribute, intsAttribute } from '../onnx/graph.ts'
import { numbersOf, sizeOf, type Tensor } from '../onnx/tensor.ts'

/** A weight with a slice for each class. */
export interface ClassWeight {
  node: GraphNode
  /** Which input of the node it is. */
  input: number
  name: string
  tensor: Tensor
  /** The axis of the tensor along which classes lie. */
  axis: number
  /** Numbers that a class's logit is the sum of; 0 for constants that are merely added. */
  fanIn: number
}

export interface LastLayer {
  weights: ClassWeight[]
  /** Softmax and sigmoid on the way. */
  probabilities: GraphNode[]
  /** Nodes that name the number of classes: Reshape and Resize by a constant, and at which place. */
  reshapes: { node: GraphNode; input: number; axis: number }[]
  /** Values on the way, from the layer's results to the output. */
  values: string[]
}

/** Where classes lie in a value: the axis from the front, or the last one of unknown number. */
type Axis = number | 'last'

function refuse(node: GraphNode, problem: string): AppError {
  return new AppError(
    'unsupported-model',
    `the last layer cannot be replaced: ${node.op} '${node.name}' ${problem}`,
    'Train it with the classes that it has, or export it so that it ends in a convolution.',
  )
}

const probabilities = new Set(['Softmax', 'LogSoftmax', 'Sigmoid'])

class Search {
  readonly found: LastLayer = { weights: [], probabilities: [], reshapes: [], values: [] }
  readonly #graph: Graph
  readonly #producers: ReadonlyMap<string, GraphNode>

  constructor(graph: Graph) {
    this.#graph = graph
    this.#producers = producersOf(graph)
  }

  visit(value: string, axis: Axis): void {
    const node = this.#producers.get(value)
    if (!node)
      throw new AppError(
        'unsupported-model',
        `'${value}' is not computed by any layer of the network`,
      )
    this.found.values.push(value)
    if (probabilities.has(node.op)) this.found.probabilities.push(node)
    const step = steps[node.op]
    if (!step || node.domain !== '') throw refuse(node, 'stands between it and the output')
    step(this, node, axis)
  }

  /** The constant that is an input of a node, or null when it is computed. */
  constant(node: GraphNode, input: number): Tensor | null {
    return this.#graph.weights.get(node.inputs[input] ?? '') ?? null
  }

  add(node: GraphNode, input: number, axis: number, fanIn: number): void {
    const name = node.inputs[input] ?? ''
    const tensor = this.#graph.weights.get(name)
    if (!tensor) throw refuse(node, `computes its weights '${name}'`)
    this.found.weights.push({ node, input, name, tensor, axis, fanIn })
  }
}

type Step = (search: Search, node: GraphNode, axis: Axis) => void

/** A layer whose weight has classes along one axis, and whose bias is a vector of them. */
function layer(axisOf: (node: GraphNode, axis: Axis) => number | null): Step {
  return (search, node, axis) => {
    const weightAxis = axisOf(node, axis)
    if (weightAxis === null) throw refuse(node, 'has no classes at the place where they lie')
    const weight = search.constant(node, 1)
    const shape = weight?.shape ?? []
    // PyTorch counts the second side of a transposed convolution, too.
    const inputs = node.op === 'ConvTranspose' ? shape.slice(1) : shape.toSpliced(weightAxis, 1)
    const fanIn = sizeOf(inputs)
    search.add(node, 1, weightAxis, fanIn)
    if (node.inputs[2])
      search.add(node, 2, (search.constant(node, 2)?.shape.length ?? 1) - 1, fanIn)
  }
}

/** Nodes that keep each class by itself, wherever classes lie. */
const through: Step = (search, node, axis) => search.visit(node.inputs[0] ?? '', axis)

/** Sums: all that is computed is looked into, constants with a number for each class are noted. */
const sum: Step = (search, node, axis) => {
  for (const [input, name] of node.inputs.entries()) {
    const tensor = search.constant(node, input)
    if (!tensor) search.visit(name, axis)
    else if (sizeOf(tensor.shape) > 1) {
      // Shapes are aligned at their ends; logits have four sides.
      const own = axis === 'last' ? tensor.shape.length - 1 : tensor.shape.length - 4 + axis
      if (tensor.shape[own] !== sizeOf(tensor.shape)) throw refuse(node, 'adds more than a bias')
      search.add(node, input, own, 0)
    }
  }
}

/** A product with one constant number keeps classes apart. */
const scaling: Step = (search, node, axis) => {
  const [first, second] = [search.constant(node, 0), search.constant(node, 1)]
  const scale = first ?? second
  if (!scale || sizeOf(scale.shape) !== 1) throw refuse(node, 'weights classes')
  search.visit(node.inputs[first ? 1 : 0] ?? '', axis)
}

const transpose: Step = (search, node, axis) => {
  const order = intsAttribute(node, 'perm', [])
  const from = order.at(axis === 'last' ? -1 : axis)
  if (from === undefined) throw refuse(node, 'has no order')
  search.visit(node.inputs[0] ?? '', from === order.length - 1 ? 'last' : from)
}

/** Rows and columns made of one axis of pixels; classes stay second or last. */
const reshape: Step = (search, node, axis) => {
  const shape = search.constant(node, 1)
  if (!shape) throw refuse(node, 'computes its shape')
  const sides = numbersOf(shape)
  const isLast = axis === 'last' || axis === sides.length - 1
  if (!isLast && axis !== 1) throw refuse(node, 'moves classes')
  search.found.reshapes.push({ node, input: 1, axis: isLast ? sides.length - 1 : 1 })
  search.visit(node.inputs[0] ?? '', isLast ? 'last' : 1)
}

/** Sizes that are constant name the classes, too. */
const resize: Step = (search, node, axis) => {
  const sizes = search.constant(node, 3)
  if (sizes && sizes.data.length === 4)
    search.found.reshapes.push({ node, input: 3, axis: axis === 'last' ? 3 : axis })
  through(search, node, axis)
}

const isUngrouped = (node: GraphNode) => intAttribute(node, 'group', 1) === 1

const steps: Readonly<Record<string, Step>> = {
  Conv: layer((node, axis) => (axis === 1 && isUngrouped(node) ? 0 : null)),
  ConvTranspose: layer((node, axis) => (axis === 1 && isUngrouped(node) ? 1 : null)),
  Gemm: layer((node, axis) => (axis === 'last' ? 1 - intAttribute(node, 'transB', 0) : null)),
  MatMul: layer((_, axis) => (axis === 'last' ? 1 : null)),
  Add: sum,
  Sum: sum,
  Mul: scaling,
  Div: scaling,
  Transpose: transpose,
  Reshape: reshape,
  Identity: through,
  Dropout: through,
  Cast: through,
  Resize: resize,
  Upsample: through,
  Softmax: through,
  LogSoftmax: through,
  Sigmoid: through,
}

/**
 * What makes the logits (or, of those, probabilities) of an output.
 * Throws `unsupported-model` naming the node that is in the way.
 */
export function findLastLayer(graph: Graph, output: string, layout: 'NCHW' | 'NHWC'): LastLayer {
  const search = new Search(graph)
  search.visit(output, layout === 'NCHW' ? 1 : 'last')
  return search.found
}
