/**
 * @file Fixes the shapes of a graph: with the inputs' sides given, every other side is a number, and
 * what is computed from shapes (by exporters that keep sides free) is a constant.
 */
import { AppError } from '../../shared/errors.ts'
import { changeBatch } from './change-batch.ts'
import { producersOf, prune } from './edit.ts'
import { canEvaluate, evaluateNode, needsShapeOnly } from './evaluate.ts'
import type { Graph, GraphNode, ValueInfo } from './graph.ts'
import { type Known, NodeView, type Scope, type Shape } from './shape-rules/node-view.ts'
import { shapeRuleOf } from './shape-rules/table.ts'
import { sizeOf, type Tensor } from './tensor.ts'

export type { Shape } from './shape-rules/node-view.ts'

/** Larger results of computations on shapes stay nodes unless somebody needs their elements. */
const mostFolded = 65536

function isFixed(shape: ValueInfo['shape']): shape is Shape {
  return shape?.every((side) => typeof side === 'number') ?? false
}

/** One walk over a graph: what is known so far of its values. */
class ShapeWalk implements Scope {
  readonly opset: number
  readonly #graph: Graph
  readonly #known = new Map<string, Known>()
  readonly #producers: Map<string, GraphNode>
  readonly #outputs: ReadonlySet<string>
  /** Values that were computed from shapes and now are weights. */
  readonly #folded = new Set<string>()

  constructor(graph: Graph, inputs: Readonly<Record<string, Shape>>) {
    this.#graph = graph
    this.opset = graph.opset
    this.#producers = producersOf(graph)
    this.#outputs = new Set(graph.outputs.map(({ name }) => name))
    for (const input of graph.inputs) this.#known.set(input.name, givenShape(input, inputs))
  }

  known(name: string): Known | null {
    return this.#graph.weights.get(name) ?? this.#known.get(name) ?? null
  }

  constant(name: string): Tensor | null {
    const weight = this.#graph.weights.get(name)
    const producer = this.#producers.get(name)
    if (weight || !producer || this.#outputs.has(name) || !canEvaluate(producer))
      return weight ?? null
    const constants = producer.inputs.every((input) => input === '' || this.constant(input))
    if (!constants && !needsShapeOnly(producer)) return null
    this.#fold(new NodeView(producer, this), this.#results(producer))
    return this.#graph.weights.get(name) ?? null
  }

  visit(node: GraphNode): void {
    const view = new NodeView(node, this)
    const rule = shapeRuleOf(node) ?? view.fail('there is no rule for the shapes of its results')
    const results = rule(view)
    for (const [i, output] of node.outputs.entries()) {
      const result = results[i] ?? view.fail(`what its output ${i} is, is not known`)
      if (output !== '') this.#known.set(output, { type: result.type, shape: result.shape })
    }
    if (this.#followsFromShapes(view, results)) this.#fold(view, results)
  }

  #results(node: GraphNode): Known[] {
    return node.outputs.flatMap((output) => this.#known.get(output) ?? [])
  }

  /**
   * Whether a node computes with shapes, and not with real weights: those might be trained, and
   * then what follows from them is no constant. Single real numbers may go with real numbers that
   * come from shapes (half of a height).
   */
  #followsFromShapes({ node }: NodeView, results: readonly Known[]): boolean {
    if (!canEvaluate(node) || node.outputs.some((output) => this.#outputs.has(output))) return false
    if (results.some(({ shape }) => sizeOf(shape) > mostFolded)) return false
    if (needsShapeOnly(node)) return true
    const inputs = node.inputs.filter((name) => name !== '')
    const weights = inputs.flatMap((name) => this.#graph.weights.get(name) ?? [])
    if (weights.length < inputs.length) return false
    const isReal = weights.map(({ type }) => type.includes('float'))
    const isFolded = inputs.map((name) => this.#folded.has(name))
    const scales = isReal.some((real, i) => real && isFolded[i])
    return weights.every(
      ({ shape }, i) => !isReal[i] || isFolded[i] || (scales && sizeOf(shape) === 1),
    )
  }

  #fold(view: NodeView, results: readonly Known[]): void {
    const tensors = evaluateNode(view, results)
    if (!tensors) return
    for (const [i, output] of view.node.outputs.entries()) {
      const tensor = tensors[i]
      if (output === '' || !tensor) continue
      this.#graph.weights.set(output, tensor)
      this.#folded.add(output)
    }
  }

  /** Writes what is known into the graph; nodes whose results are weights now are dropped. */
  finish(): void {
    const graph = this.#graph
    graph.nodes = graph.nodes.filter((node) => !node.outputs.some((name) => this.#folded.has(name)))
    graph.inputs = graph.inputs.map((value) => this.#described(value.name))
    graph.outputs = graph.outputs.map((value) => this.#described(value.name))
    const between = graph.nodes.flatMap(({ outputs }) => outputs).filter((name) => name !== '')
    graph.values = new Map(
      between
        .filter((name) => !this.#outputs.has(name))
        .map((name) => [name, this.#described(name)]),
    )
    prune(graph)
  }

  #described(name: string): ValueInfo {
    const { type, shape } = this.known(name) ?? { type: null, shape: null }
    return { name, type, shape }
  }
}

/** Type and shape of an input. Throws `internal` where a side is neither given nor fixed. */
function givenShape(input: ValueInfo, given: Readonly<Record<string, Shape>>): Known {
  const shape = given[input.name] ?? input.shape
  const rank = input.shape?.length ?? shape?.length
  if (input.type && isFixed(shape) && shape.length === rank) return { type: input.type, shape }
  throw new AppError(
    'internal',
    `input '${input.name}' [${input.shape}] (${input.type}) cannot have the shape [${shape}]`,
  )
}

/**
 * Fixes every shape: gives inputs these shapes (those that are not named keep theirs), infers all
 * others into `graph.values` and `graph.outputs`, and folds what depends on shapes alone into
 * weights, so that the shapes that Reshape, Expand, Resize, Slice, Pad and Tile take are constant
 * weights. `auto_pad` and `output_shape` become explicit pads. A network that was exported for another
 * number of pictures is changed to the given one.
 * Throws `unsupported-model` naming operator and node where there is no rule or inputs do not fit.
 */
export function fixShapes(graph: Graph, inputs: Readonly<Record<string, Shape>>): void {
  for (const { name, shape } of graph.inputs) {
    const [from, to] = [shape?.[0], inputs[name]?.[0]]
    if (typeof from === 'number' && to !== undefined && from !== to) changeBatch(graph, from, to)
  }
  const walk = new ShapeWalk(graph, inputs)
  for (const node of graph.nodes) walk.visit(node)
  walk.finish()
}

/** Type and shape of a value, weights included; null where a side of it is free or not known. */
export function fixedKnown(graph: Graph, name: string): Known | null {
  const weight = graph.weights.get(name)
  if (weight) return weight
  const named = (value: ValueInfo): boolean => value.name === name
  const value = graph.values.get(name) ?? graph.outputs.find(named) ?? graph.inputs.find(named)
  return value?.type && isFixed(value.shape) ? { type: value.type, shape: value.shape } : null
}

/** Type and shape of a value after `fixShapes`, weights included. Throws `internal` for others. */
export function knownOf(graph: Graph, name: string): Known {
  const known = fixedKnown(graph, name)
  if (known) return known
  throw new AppError('internal', `the shape of '${name}' is not fixed in '${graph.name}'`)
}

/** Static shape of a value of a graph after `fixShapes`, weights included. */
export function shapeOf(graph: Graph, name: string): Shape {
  return knownOf(graph, name).shape
}
