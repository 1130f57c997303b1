/**
 * @file Brings a graph of an older operator set to ours, so that everything that writes nodes may
 * write them in one way. What changed between the versions:
 * https://github.com/onnx/onnx/blob/main/docs/Changelog.md
 */
import { AppError } from '../../shared/errors.ts'
import { type Attribute, type Graph, type GraphNode, intAttribute, ownOpset } from './graph.ts'
import { floatTensor, intTensor, numbersOf, type Tensor } from './tensor.ts'

/** One node that is rewritten; what it becomes is appended to the graph. */
class Rewrite {
  readonly #graph: Graph
  readonly node: GraphNode

  constructor(graph: Graph, node: GraphNode) {
    this.#graph = graph
    this.node = node
  }

  /** Takes an attribute away from the node. */
  take(name: string): Attribute | undefined {
    const { [name]: taken, ...rest } = this.node.attributes
    this.node.attributes = rest
    return taken
  }

  weight(label: string, tensor: Tensor): string {
    const name = `${this.node.outputs[0]}/${label}`
    this.#graph.weights.set(name, tensor)
    return name
  }

  constant(input: number): number[] | null {
    const tensor = this.#graph.weights.get(this.node.inputs[input] ?? '')
    return tensor ? numbersOf(tensor) : null
  }

  /** A node before the rewritten one or after it. */
  emit(op: string, inputs: string[], output: string, attributes: GraphNode['attributes'] = {}) {
    this.#graph.nodes.push({ op, domain: '', name: output, inputs, outputs: [output], attributes })
    return output
  }

  /** The node itself, where it belongs. */
  keep(): void {
    this.#graph.nodes.push(this.node)
  }

  /** Makes attributes the inputs from the second on; those that are absent are left out. */
  attributesToInputs(names: readonly string[]): void {
    const inputs = names.map((name) => {
      const attribute = this.take(name)
      if (attribute && 'ints' in attribute) return this.weight(name, intTensor(attribute.ints))
      if (attribute && 'float' in attribute)
        return this.weight(name, floatTensor([], Float32Array.of(attribute.float)))
      return ''
    })
    this.node.inputs = [this.node.inputs[0] ?? '', ...inputs]
    while (this.node.inputs.at(-1) === '') this.node.inputs.pop()
    this.keep()
  }
}

type Step = (rewrite: Rewrite) => void

const toInputs =
  (...names: string[]): Step =>
  (rewrite) =>
    rewrite.attributesToInputs(names)

/** All axes from `axis` on were one. */
const softmax: Step = (rewrite) => {
  const { node } = rewrite
  const [x = ''] = node.inputs
  const [y = ''] = node.outputs
  const axis = intAttribute(node, 'axis', 1)
  rewrite.take('axis')
  if (axis === -1) return rewrite.keep()
  const shape = rewrite.emit('Shape', [x], `${y}/shape`)
  const flat = rewrite.emit('Flatten', [x], `${y}/flat`, { axis: { int: axis } })
  node.inputs = [flat]
  node.outputs = [`${y}/rows`]
  rewrite.keep()
  rewrite.emit('Reshape', [`${y}/rows`, shape], y)
}

/** Places were those of 'asymmetric', rounded down, or up where the picture becomes smaller. */
const oldResize: Step = (rewrite) => {
  const { node } = rewrite
  const attribute = rewrite.take('scales')
  const given = attribute && 'floats' in attribute ? Float32Array.from(attribute.floats) : null
  const scales = given
    ? rewrite.weight('scales', floatTensor([given.length], given))
    : (node.inputs[1] ?? '')
  const numbers = given ?? rewrite.constant(1) ?? []
  const smaller = node.op === 'Resize' && numbers.some((scale: number) => scale < 1)
  node.op = 'Resize'
  node.inputs = [node.inputs[0] ?? '', '', scales]
  node.attributes = {
    ...node.attributes,
    coordinate_transformation_mode: { string: 'asymmetric' },
    nearest_mode: { string: smaller ? 'ceil' : 'floor' },
  }
  rewrite.keep()
}

/** Results for training came with names that nobody uses, and channels could be switched off. */
const batchNormalization: Step = (rewrite) => {
  rewrite.take('spatial')
  rewrite.node.outputs = rewrite.node.outputs.slice(0, 1)
  rewrite.keep()
}

/** It did nothing outside of training. */
const dropout: Step = (rewrite) => {
  rewrite.take('ratio')
  rewrite.keep()
}

/** For each operator the version from which on it has today's form, and the way there. */
const steps: Readonly<Record<string, { since: number; step: Step }>> = {
  Upsample: { since: 10, step: oldResize },
  Resize: { since: 11, step: oldResize },
  Slice: { since: 10, step: toInputs('starts', 'ends', 'axes') },
  Clip: { since: 11, step: toInputs('min', 'max') },
  Pad: { since: 11, step: toInputs('pads', 'value') },
  Dropout: { since: 12, step: dropout },
  Split: { since: 13, step: toInputs('split') },
  Squeeze: { since: 13, step: toInputs('axes') },
  Unsqueeze: { since: 13, step: toInputs('axes') },
  ReduceSum: { since: 13, step: toInputs('axes') },
  Softmax: { since: 13, step: softmax },
  LogSoftmax: { since: 13, step: softmax },
  BatchNormalization: { since: 14, step: batchNormalization },
}

/** Before it, operators broadcast in another way. */
const oldest = 7

/**
 * Rewrites the nodes of a graph for the operator set that our own graphs use; a graph of that one or
 * a newer one stays as it is. Throws `unsupported-model` for one that is too old.
 */
export function upgrade(graph: Graph): void {
  const { opset } = graph
  if (opset >= ownOpset) return
  if (opset < oldest)
    throw new AppError(
      'unsupported-model',
      `the network is written for operator set ${opset} of ONNX; ${oldest} is the oldest that is read`,
      `Export it again with operator set ${ownOpset}.`,
    )
  const nodes = graph.nodes
  graph.nodes = []
  for (const node of nodes) {
    const rule = node.domain === '' && Object.hasOwn(steps, node.op) ? steps[node.op] : undefined
    const rewrite = new Rewrite(graph, node)
    if (rule && opset < rule.since) rule.step(rewrite)
    else rewrite.keep()
  }
  graph.opset = ownOpset
}
