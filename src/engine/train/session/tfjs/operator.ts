/** @file An ONNX operator as TensorFlow.js computes it. */
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-node'
import { AppError } from '../../../../shared/errors.ts'
import { floatAttribute, type Graph, type GraphNode, intAttribute } from '../../../onnx/graph.ts'
import { knownOf } from '../../../onnx/shapes.ts'
import { numbersOf } from '../../../onnx/tensor.ts'
import type { Shape } from '../../graph/static-shape.ts'
import type { Tf } from './load-tensorflow.ts'

/** What an operator is given besides its inputs: the node, and the fixed shapes around it. */
export class Step {
  readonly tf: Tf
  readonly graph: Graph
  readonly node: GraphNode

  constructor(tf: Tf, graph: Graph, node: GraphNode) {
    this.tf = tf
    this.graph = graph
    this.node = node
  }

  /** Sides of the node's input or output at a place. */
  inputShape(index: number): Shape {
    return knownOf(this.graph, this.node.inputs[index] ?? '').shape
  }

  outputShape(index = 0): Shape {
    return knownOf(this.graph, this.node.outputs[index] ?? '').shape
  }

  int(name: string, fallback: number): number {
    return intAttribute(this.node, name, fallback)
  }

  float(name: string, fallback: number): number {
    return floatAttribute(this.node, name, fallback)
  }

  /** An axis given by an attribute, counted from the front. */
  axis(fallback: number): number {
    const axis = this.int('axis', fallback)
    return axis < 0 ? axis + this.inputShape(0).length : axis
  }

  /** The numbers of an input that is a constant of the graph; null where it is left out. */
  constants(index: number): number[] | null {
    const name = this.node.inputs[index]
    if (!name) return null
    const weight = this.graph.weights.get(name)
    return weight ? numbersOf(weight) : this.fail(`its input ${index} is not constant`)
  }

  /** Whether the output at a place is used. */
  has(output: number): boolean {
    return (this.node.outputs[output] ?? '') !== ''
  }

  fail(problem: string): never {
    const { op, name, outputs } = this.node
    throw new AppError(
      'unsupported-model',
      `TensorFlow.js cannot compute ${op} '${name || outputs[0]}': ${problem}`,
      'Train with --backend onnx.',
    )
  }
}

/** A node's inputs; those that are left out are undefined. */
export type Inputs = readonly (Tensor | undefined)[]

/** Gives the node's first outputs, or its only one. */
export type Operator = (step: Step, inputs: Inputs) => Tensor | Tensor[]

export type Operators = Readonly<Record<string, Operator>>

/** An input that must be there. */
export function input(step: Step, inputs: Inputs, index = 0): Tensor {
  return inputs[index] ?? step.fail(`its input ${index} is missing`)
}

/** All of them, for operators that take any number. */
export const given = (inputs: Inputs): Tensor[] => inputs.filter((each) => each !== undefined)

/** An image tensor `[N,C,H,W]` or `[N,H,W,C]`. */
export function image(step: Step, value: Tensor): Tensor4D {
  return value.rank === 4 ? value.as4D(...sides(value.shape)) : step.fail('it has not two axes')
}

function sides(shape: readonly number[]): [number, number, number, number] {
  const [a = 1, b = 1, c = 1, d = 1] = shape
  return [a, b, c, d]
}

/** Channels last, as TensorFlow's kernels for processors want them. */
export const channelsLast = (value: Tensor): Tensor => value.transpose([0, 2, 3, 1])

export const channelsFirst = (value: Tensor): Tensor => value.transpose([0, 3, 1, 2])
