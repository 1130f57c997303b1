/** @file Networks as lists of steps that bench/peers/zoo_forward.py runs in PyTorch. */
import { copyGraph } from '../src/engine/onnx/copy.ts'
import { foldBatchNorm } from '../src/engine/onnx/fold-batch-norm.ts'
import {
  type Graph,
  type GraphNode,
  intAttribute,
  intsAttribute,
} from '../src/engine/onnx/graph.ts'
import { fixShapes, shapeOf } from '../src/engine/onnx/shapes.ts'
import { floatsOf } from '../src/engine/onnx/tensor.ts'

type Step = Record<string, unknown>

/** Names of the weights among a node's inputs, which the program knows by these. */
const weightNames: Record<string, readonly string[]> = {
  Conv: ['', 'weight', 'bias'],
  ConvTranspose: ['', 'weight', 'bias'],
  BatchNormalization: ['', 'scale', 'shift', 'mean', 'variance'],
  PRelu: ['', 'slope'],
}

const plain = [
  'Add,BatchNormalization,Concat,GlobalAveragePool,HardSigmoid,HardSwish,Mul,PRelu,Relu,Sigmoid',
].flatMap((names) => names.split(','))

const window = (node: GraphNode): Step => ({
  kernel: intsAttribute(node, 'kernel_shape', [1, 1]),
  stride: intsAttribute(node, 'strides', [1, 1]),
  padding: intsAttribute(node, 'pads', [0, 0]).slice(0, 2),
  dilation: intsAttribute(node, 'dilations', [1, 1]),
  group: intAttribute(node, 'group', 1),
})

const sizeOfResult = (graph: Graph, { outputs }: GraphNode): readonly number[] =>
  shapeOf(graph, outputs[0] ?? '').slice(2)

function text(node: GraphNode, name: string): string {
  const attribute = node.attributes[name]
  return attribute && 'string' in attribute ? attribute.string : ''
}

/** What PyTorch needs to know of the operators that are more than their inputs. */
const details: Record<string, (node: GraphNode, graph: Graph) => Step> = {
  ...Object.fromEntries(plain.map((op) => [op, () => ({})])),
  Conv: window,
  ConvTranspose: window,
  MaxPool: window,
  AveragePool: window,
  Expand: (node, graph) => ({ size: sizeOfResult(graph, node) }),
  // ESPNetv2 shuffles the channels of five groups.
  Gather: () => ({ groups: 5 }),
  Resize: (node, graph) => ({
    size: sizeOfResult(graph, node),
    mode: text(node, 'mode') === 'nearest' ? 'nearest' : 'bilinear',
    corners: text(node, 'coordinate_transformation_mode') === 'align_corners',
  }),
}

/** Adaptive pooling is written as several nodes; PyTorch has an operator for it. */
function adaptivePool(node: GraphNode, graph: Graph): Step | null {
  const name = node.outputs[0] ?? ''
  const parts = [`${name}/narrow`, `${name}/pairs`]
  const first = graph.nodes.find(({ outputs }) => parts.includes(outputs[0] ?? ''))
  if (!first) return null
  const inputs = first.inputs.slice(0, 1)
  return { op: 'AdaptiveAveragePool', inputs, output: name, size: sizeOfResult(graph, node) }
}

/** Nodes that belong to an adaptive pooling. */
const isPart = (name: string): boolean => /\/(narrow|pairs|rows|columns)(\/|$)/.test(name)

/** The network's steps at one size of the picture, and its weights one after the other. */
export function torchSteps(network: Graph, [width, height]: readonly [number, number]) {
  const graph = copyGraph(network)
  foldBatchNorm(graph)
  fixShapes(graph, { image: [1, 3, height, width] })
  const parts: Uint8Array[] = []
  let length = 0
  const place = (name: string) => {
    const tensor = graph.weights.get(name)
    if (!tensor) throw new Error(`${name} is no weight`)
    parts.push(new Uint8Array(floatsOf(tensor, name).slice().buffer))
    length += tensor.data.length
    return [length - tensor.data.length, tensor.shape] as const
  }
  const steps = graph.nodes.flatMap((node): Step[] => {
    const { op, inputs, outputs } = node
    const pool = adaptivePool(node, graph)
    const detail = details[op]
    // What has no details computes sizes and matrices.
    if (pool || !detail || isPart(outputs[0] ?? '')) return pool ? [pool] : []
    const names = weightNames[op] ?? []
    const weights = inputs.flatMap((name, i) =>
      names[i] ? [[names[i], place(name)] as const] : [],
    )
    const values = inputs.filter((name) => name !== '' && !graph.weights.has(name))
    const own = { op, inputs: values, output: outputs[0], weights: Object.fromEntries(weights) }
    return [{ ...own, ...detail(node, graph) }]
  })
  return { steps, weights: Buffer.concat(parts) }
}
