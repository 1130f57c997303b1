/**
 * @file Convolutions in the layout that ONNX Runtime's fastest kernels need, also where the kernel is
 * fed or computed.
 *
 * By itself ONNX Runtime packs only constant kernels into blocks of channels (NCHWc); others go the
 * way of im2col. Its operators for blocks (domain com.microsoft.nchwc) can be written into a graph,
 * and a kernel is brought into blocks by one Transpose. One core with AVX2, ms, plain → blocked:
 *
 * | | forward | gradient of the input | of the kernel |
 * |---|---|---|---|
 * | 512 → 512, 3x3, dilation 4, 64x64 | 257 → 224 | 280 → 222 | |
 * | 64 → 64, 3x3, 128x128 | 18 → 15 | 20 → 18 | |
 * | 384 depthwise, 3x3, dilation 2, 30x40, batch 8 | 13 → 9 | 14 → 10 | 59 → 11 |
 * | 96 depthwise, 3x3, stride 2, 120x160, batch 8 | 33 → 18 | | 65 → 16 |
 * | 256 → 64, 1x1, 128x128 | 12 → 16 | 14 → 17 | |
 *
 * These kernels also skip what lies in the padding, which is most of a kernel dilated by 36. Products
 * of 1x1 stay as they are.
 *
 * Layouts: https://github.com/microsoft/onnxruntime/blob/main/onnxruntime/core/mlas/lib/reorder.cpp
 */
import { producersOf, prune, usersOf } from '../../onnx/edit.ts'
import {
  type Attribute,
  type Graph,
  type GraphNode,
  intAttribute,
  intsAttribute,
} from '../../onnx/graph.ts'
import { knownOf } from '../../onnx/shapes.ts'
import { numbersOf } from '../../onnx/tensor.ts'
import { GradientBuilder } from './gradient-builder.ts'
import type { Shape } from './static-shape.ts'

const domain = 'com.microsoft.nchwc'

/** Whether the channels fill whole blocks; a depthwise kernel has a group for every channel. */
function fits(kernel: Shape, group: number, block: number): boolean {
  const [outputs = 1, inputs = 1, ...sides] = kernel
  if (sides.length !== 2 || sides.every((side) => side === 1)) return false
  if (outputs % block !== 0) return false
  return group === 1 ? inputs % block === 0 : inputs === 1 && group === outputs
}

/**
 * `[O,I,h,w]` in blocks: `[O/b, I/b, taps, b inputs, b outputs]`, depthwise `[O/b, taps, b]`. Three
 * steps that each move one axis of large matrices: ONNX Runtime hands a Transpose of many small ones
 * out to its threads one by one, which takes ten times as long with two threads as with one.
 */
function blockedKernel(build: GradientBuilder, kernel: string, block: number): string {
  const shape = build.shape(kernel)
  const [outputs = 1, inputs = 1, height = 1, width = 1] = shape
  const taps = height * width
  const swapped = (value: string, sides: Shape, order: readonly number[]): string =>
    build.transpose(build.reshape(value, sides), order)
  if (inputs === 1)
    return build.reshape(swapped(kernel, [outputs / block, block, taps], [0, 2, 1]), shape)
  const [rows, columns] = [outputs / block, inputs / block]
  const front = swapped(kernel, [outputs * inputs, taps], [1, 0])
  const inside = swapped(front, [taps * rows, block, inputs], [0, 2, 1])
  const blocks = swapped(inside, [taps, rows * columns, block * block], [1, 0, 2])
  return build.reshape(blocks, shape)
}

/**
 * The same for a kernel that gradients/input-gradient.ts has turned, from what it has in between,
 * `[taps, O, I]` (11 ms against 27 ms); null where there is no such value.
 */
function blockedTurned(
  build: GradientBuilder,
  kernel: string,
  { block, producers }: { block: number; producers: ReadonlyMap<string, GraphNode> },
): string | null {
  const transpose = producers.get(producers.get(kernel)?.inputs[0] ?? '')
  const order = transpose ? intsAttribute(transpose, 'perm', []) : []
  const [flipped = ''] = transpose?.inputs ?? []
  if (transpose?.op !== 'Transpose' || order.join() !== '2,1,0') return null
  const [taps = 1, outputs = 1, inputs = 1] = build.shape(flipped)
  const [rows, columns] = [outputs / block, inputs / block]
  const apart = build.reshape(flipped, [taps, rows, block, columns, block])
  const blocks = build.transpose(apart, [0, 3, 1, 2, 4])
  const flat = build.reshape(blocks, [taps, columns * rows, block * block])
  return build.reshape(build.transpose(flat, [1, 0, 2]), build.shape(kernel))
}

/** An activation that the kernels compute on their way. */
interface Activation {
  node: GraphNode
  attributes: Record<string, Attribute>
}

function activationOf(graph: Graph, node: GraphNode): Activation | null {
  if (node.op === 'Relu') return { node, attributes: { activation: { string: 'Relu' } } }
  const limits = node.inputs.slice(1).flatMap((name) => {
    const limit = graph.weights.get(name)
    return limit ? numbersOf(limit) : []
  })
  if (node.op !== 'Clip' || limits.length !== 2) return null
  const attributes = { activation: { string: 'Clip' }, activation_params: { floats: limits } }
  return { node, attributes }
}

/** The activation that alone uses each convolution's result. */
function activationsOf(graph: Graph): Map<string, Activation> {
  const outputs = new Set(graph.outputs.map(({ name }) => name))
  return new Map(
    [...usersOf(graph)].flatMap(([name, [user, ...others]]): [string, Activation][] => {
      const activation = user && others.length === 0 ? activationOf(graph, user) : null
      return activation && !outputs.has(name) ? [[name, activation]] : []
    }),
  )
}

/**
 * Writes every Conv whose kernel is no constant, and whose channels fill blocks of `block` (what
 * `channelBlock` of infer/channel-block.ts found on this machine), in the blocked layout.
 */
export function blockConvolutions(graph: Graph, block: number): void {
  const [activations, producers] = [activationsOf(graph), producersOf(graph)]
  const build = new GradientBuilder(graph, new Set(), new Set())
  const done = new Set<GraphNode>()
  const nodes = graph.nodes
  graph.nodes = []
  for (const node of nodes) {
    if (done.has(node)) continue
    if (!isOpen(graph, node, block)) {
      graph.nodes.push(node)
      continue
    }
    const activation = activations.get(node.outputs[0] ?? '')
    if (activation) done.add(activation.node)
    writeBlocked(build, { node, activation, block, producers })
  }
  // What turned kernels for others is left without a use.
  prune(graph)
}

/** Whether a node is a convolution that this can write. */
function isOpen(graph: Graph, node: GraphNode, block: number): boolean {
  const [, kernel = ''] = node.inputs
  if (node.op !== 'Conv' || node.domain !== '' || graph.weights.has(kernel)) return false
  return fits(knownOf(graph, kernel).shape, intAttribute(node, 'group', 1), block)
}

interface Convolution {
  node: GraphNode
  activation: Activation | undefined
  block: number
  producers: ReadonlyMap<string, GraphNode>
}

function writeBlocked(build: GradientBuilder, convolution: Convolution): void {
  const { node, activation, block, producers } = convolution
  const [x = '', kernel = '', bias] = node.inputs
  const [output = ''] = (activation?.node ?? node).outputs
  build.startScope(`${output}/blocked`)
  const packed =
    blockedTurned(build, kernel, { block, producers }) ?? blockedKernel(build, kernel, block)
  const inputs = [reorder(build, x), packed, ...(bias ? [bias] : [])]
  const shape = build.shape(node.outputs[0] ?? '')
  const attributes = { ...convolutionAttributes(node), ...activation?.attributes }
  const [result = ''] = build.nodeWith('Conv', inputs, [{ shape }], attributes, domain)
  build.graph.nodes.push({
    op: 'ReorderOutput',
    domain,
    name: `${output}/blocked/ReorderOutput`,
    inputs: [result],
    outputs: [output],
    attributes: { channels: { int: shape[1] ?? 1 }, channels_last: { int: 0 } },
  })
  build.graph.otherOpsets[domain] = 1
}

function reorder(build: GradientBuilder, x: string): string {
  const results = [{ shape: build.shape(x) }]
  const attributes = { channels_last: { int: 0 } }
  return build.nodeWith('ReorderInput', [x], results, attributes, domain)[0] ?? ''
}

/** Those that the blocked operator knows, all of them given. */
function convolutionAttributes(node: GraphNode): Record<string, Attribute> {
  const ints = (name: string, fallback: readonly number[]): Attribute => ({
    ints: intsAttribute(node, name, fallback),
  })
  return {
    ...(node.attributes.kernel_shape && { kernel_shape: node.attributes.kernel_shape }),
    strides: ints('strides', [1, 1]),
    dilations: ints('dilations', [1, 1]),
    pads: ints('pads', [0, 0, 0, 0]),
    group: { int: intAttribute(node, 'group', 1) },
  }
}
