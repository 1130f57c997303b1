/** @file Random weights for a network of the zoo, from which it can be trained. */
import { type Graph, type GraphNode, intAttribute } from '../../onnx/graph.ts'
import { floatTensor, sizeOf } from '../../onnx/tensor.ts'
import { type Random, randomFor } from '../../train/samples/random.ts'

/** Numbers that each output element, or in PyTorch's `fan_out` each input element, is connected to. */
function fanOut(node: GraphNode, shape: readonly number[]): number {
  const groups = intAttribute(node, 'group', 1)
  const area = sizeOf(shape.slice(2))
  const outputs = node.op === 'ConvTranspose' ? (shape[1] ?? 1) : (shape[0] ?? 1) / groups
  return outputs * area
}

/** Kernels by the operator that reads them, each with its deviation. */
const deviations: Readonly<Record<string, (node: GraphNode, shape: readonly number[]) => number>> =
  {
    Conv: (node, shape) => Math.sqrt(2 / fanOut(node, shape)),
    ConvTranspose: (node, shape) => Math.sqrt(2 / fanOut(node, shape)),
    MatMul: (_, shape) => Math.sqrt(1 / (shape.at(-2) ?? 1)),
    Gemm: (_, shape) => Math.sqrt(1 / (shape.at(-1) ?? 1)),
  }

/** Normal numbers, two of each pair that Box and Muller's formula takes. */
function drawn(shape: readonly number[], deviation: number, random: Random): Float32Array {
  const numbers = new Float32Array(sizeOf(shape))
  for (let i = 0; i < numbers.length; i += 2) {
    const radius = deviation * Math.sqrt(-2 * Math.log(1 - random.next()))
    const angle = 2 * Math.PI * random.next()
    numbers[i] = radius * Math.cos(angle)
    if (i + 1 < numbers.length) numbers[i + 1] = radius * Math.sin(angle)
  }
  return numbers
}

/**
 * Draws the kernels of a network in place: normal with the deviation √(2 / fan out), as torchvision
 * starts VGG and ResNet (He and others, https://arxiv.org/abs/1502.01852). All else stays as it was
 * built: biases 0, normalisations 1 and 0. The same seed draws the same weights.
 */
export function drawWeights(graph: Graph, seed: number): void {
  for (const [at, node] of graph.nodes.entries()) {
    const name = node.inputs[1] ?? ''
    const tensor = graph.weights.get(name)
    const deviation = deviations[node.op]
    if (!tensor || !deviation || tensor.type !== 'float32') continue
    const data = drawn(tensor.shape, deviation(node, tensor.shape), randomFor(seed, at))
    graph.weights.set(name, floatTensor(tensor.shape, data))
  }
}
