/**
 * @file TensorFlow.js graph models as ONNX.
 *
 * Images lie as NCHW from the first operator that needs them so; every other operator works on
 * values in whatever order they lie, so that no transposes are left between them. Shapes are those
 * of the given input, and what is computed from shapes becomes a constant.
 */
import { AppError } from '../../../shared/errors.ts'
import { prune } from '../../onnx/edit.ts'
import { foldAffine } from '../../onnx/fold-affine.ts'
import { emptyGraph, type Graph, type ValueInfo } from '../../onnx/graph.ts'
import type { ElementType } from '../../onnx/tensor.ts'
import { foldShape, folds } from './fold.ts'
import type { GraphModel, TfNode } from './graph-model.ts'
import { convolutionRules } from './ops-convolution.ts'
import { elementwiseRules } from './ops-elementwise.ts'
import { imageRules } from './ops-image.ts'
import { shapeRules } from './ops-shape.ts'
import type { Rules } from './rule.ts'
import { Step } from './step.ts'
import { type Computed, imageOrder, isConstant, ordered, plainOrder, type Value } from './value.ts'

export interface TfInput {
  /** A node whose result is given from outside: a placeholder, or any other. */
  node: string
  type: ElementType
  /** In TensorFlow's order; images as [N, H, W, C]. */
  shape: readonly number[]
}

export interface ConvertOptions {
  inputs: readonly TfInput[]
  /** Nodes whose results are the outputs. */
  outputs: readonly string[]
}

const rules: Rules = { ...convolutionRules, ...elementwiseRules, ...imageRules, ...shapeRules }

/** Values of rank 4 are images and lie as NCHW at the borders of the graph, others as they are. */
function borderOrder(shape: readonly number[]): readonly number[] {
  return shape.length === 4 ? imageOrder : plainOrder(shape.length)
}

function infoOf({ name, type, shape, order }: Computed): ValueInfo {
  return { name, type, shape: ordered(shape, order) }
}

class Converter {
  readonly graph: Graph
  readonly #model: GraphModel
  readonly #done = new Map<string, Value>()
  /** Nodes that wait for their inputs. */
  readonly #open = new Set<string>()

  constructor(model: GraphModel, inputs: readonly TfInput[]) {
    this.#model = model
    this.graph = emptyGraph('tfjs')
    for (const { node, type, shape } of inputs) {
      const value = { name: node, type, shape, order: borderOrder(shape) }
      this.#done.set(node, value)
      this.graph.inputs.push(infoOf(value))
    }
  }

  /** The value of a node; whatever it needs is converted before it. */
  value(name: string): Value {
    const done = this.#done.get(name)
    if (done) return done
    if (this.#open.has(name)) throw new AppError('bad-model', `node '${name}' needs its own result`)
    this.#open.add(name)
    const value = this.#convert(name)
    this.#open.delete(name)
    this.#done.set(name, value)
    return value
  }

  #convert(name: string): Value {
    const constant = this.#model.weights.get(name)
    if (constant) return { constant }
    const node = this.#model.nodes.get(name)
    if (!node) throw new AppError('bad-model', `the network has no node '${name}'`)
    return this.#apply(node)
  }

  #apply(node: TfNode): Value {
    // A name with '^' in front is an order of execution, not a value.
    const names = node.input.filter((input) => !input.startsWith('^'))
    const later = names.find((input) => /:[1-9]\d*$/.test(input))
    const step = new Step(
      node,
      names.map((input) => this.value(input.replace(/:0$/, ''))),
      this.graph,
    )
    if (later) throw step.unsupported(`uses '${later}', only first results are supported`)
    const fold = folds[node.op]
    if (node.op === 'Shape') return { constant: foldShape(step) }
    if (fold && step.inputs.length > 0 && step.inputs.every(isConstant))
      return { constant: fold(step) }
    const rule = rules[node.op]
    if (!rule) throw step.unsupported('has no rule: the operator is not supported')
    return rule(step)
  }

  /** Makes a node's result an output. */
  output(name: string): void {
    const value = this.value(name)
    if (isConstant(value)) throw new AppError('bad-model', `output '${name}' is a constant`)
    const node: TfNode = { name: `${name}/output`, op: 'Output', input: [name], attr: {} }
    const step = new Step(node, [value], this.graph)
    if (value.dilation) throw step.unsupported('lies inside of SpaceToBatchND')
    this.graph.outputs.push(infoOf(step.computed(0, borderOrder(value.shape))))
  }
}

/**
 * Converts the part of a graph model between `inputs` and `outputs`. Values keep TensorFlow's
 * names; batch normalisation and other affine steps are folded into the convolutions.
 * Throws `unsupported-model` naming operator and node for what has no rule.
 */
export function convertGraphModel(model: GraphModel, { inputs, outputs }: ConvertOptions): Graph {
  const converter = new Converter(model, inputs)
  for (const name of outputs) converter.output(name)
  prune(converter.graph)
  foldAffine(converter.graph)
  return converter.graph
}
