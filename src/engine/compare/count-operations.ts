/**
 * @file How much a network has learnt and how much it computes, counted in its graph. A multiplication
 * with the addition that follows it counts as one, as in torchvision's tables
 * (https://docs.pytorch.org/vision/stable/models.html), and only those of convolutions and matrix
 * products do, as PyTorch's flop counter does it.
 */
import { AppError } from '../../shared/errors.ts'
import { copyGraph } from '../onnx/copy.ts'
import { type Graph, type GraphNode, intAttribute } from '../onnx/graph.ts'
import { fixShapes, type Shape, shapeOf } from '../onnx/shapes.ts'
import { sizeOf } from '../onnx/tensor.ts'
import { upgrade } from '../onnx/upgrade.ts'
import { trainableWeights } from '../train/graph/parameters.ts'
import { isSceneConstant } from '../train/scene/scene-adapter.ts'

/** Shape of an input or of the first output of a node. */
interface Shapes {
  input(place: number): Shape
  output: Shape
}

/** Multiply-adds of a node. */
const costs: Readonly<Record<string, (shapes: Shapes, node: GraphNode) => number>> = {
  // Kernel [outputs, inputs / groups, height, width]: each element of the result sums up one output's.
  Conv: ({ input, output }) => sizeOf(output) * sizeOf(input(1).slice(1)),
  // Kernel [inputs, outputs / groups, height, width]: each element of the input is spread by one's.
  ConvTranspose: ({ input }) => sizeOf(input(0)) * sizeOf(input(1).slice(1)),
  MatMul: ({ input, output }) => sizeOf(output) * (input(0).at(-1) ?? 1),
  Gemm: ({ input, output }, node) =>
    sizeOf(output) * (input(0)[intAttribute(node, 'transA', 0) === 1 ? 0 : 1] ?? 1),
}

/**
 * Multiply-adds of one run with inputs of these shapes; null where the graph has an operator whose
 * shapes are not known to us.
 */
export function multiplyAdds(graph: Graph, inputs: Readonly<Record<string, Shape>>): number | null {
  const fixed = copyGraph(graph)
  try {
    upgrade(fixed)
    fixShapes(fixed, inputs)
  } catch (error) {
    if (error instanceof AppError && error.code === 'unsupported-model') return null
    throw error
  }
  return fixed.nodes.reduce((sum, node) => {
    const cost = costs[node.op]
    if (!cost) return sum
    const input = (place: number) => shapeOf(fixed, node.inputs[place] ?? '')
    return sum + cost({ input, output: shapeOf(fixed, node.outputs[0] ?? '') }, node)
  }, 0)
}

/** Numbers that are learnt: kernels, biases, scales; running statistics are not. */
export function parameterCount(graph: Graph): number {
  const names = trainableWeights(graph).filter((name) => !isSceneConstant(name))
  return names.reduce((sum, name) => sum + sizeOf(graph.weights.get(name)?.shape ?? [0]), 0)
}
