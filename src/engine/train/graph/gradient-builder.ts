/**
 * @file What gradient rules write with: nodes whose shapes are known, appended to the graph that is
 * differentiated.
 */
import type { Attribute, Graph, GraphNode } from '../../onnx/graph.ts'
import { type ElementType, elementNumber, type Tensor } from '../../onnx/tensor.ts'
import { NodeWriter } from './node-writer.ts'
import { broadcastShape, type Shape, sameShape } from './static-shape.ts'

/**
 * The gradient of one operator. `upstream` has the gradient of the loss for each of the node's
 * outputs (null = the loss does not depend on it); the result has one for each input, null where
 * there is none or where `build.wants` says that nobody asks. Gradients have the shape of their value.
 */
export type GradientRule = (
  build: GradientBuilder,
  node: GraphNode,
  upstream: readonly (string | null)[],
) => readonly (string | null)[]

/** Rules by operator. */
export type GradientRules = Readonly<Record<string, GradientRule>>

/** Start, end and step on one axis, as ONNX's Slice takes them. */
export interface Cut {
  axis: number
  start: number
  end: number
  step?: number
}

type Names = ReadonlySet<string>

export class GradientBuilder extends NodeWriter {
  /** Whether only operators may be written that GPU providers have too. */
  readonly portable: boolean
  readonly #wanted: Names
  readonly #trained: Names

  /**
   * `wanted` are the values that need a gradient, `trained` the weights among them whose data will
   * change. Every value of the graph must have a fixed shape.
   */
  constructor(graph: Graph, wanted: Names, trained: Names, { portable = false } = {}) {
    super(graph)
    this.portable = portable
    this.#wanted = wanted
    this.#trained = trained
  }

  /** Whether a gradient of this value is needed. */
  wants(name: string | undefined): boolean {
    return name !== undefined && this.#wanted.has(name)
  }

  /** The data of a weight that stays as it is; null for values and for weights that are trained. */
  constantOf(name: string | undefined): Tensor | null {
    if (name === undefined || this.#trained.has(name)) return null
    return this.graph.weights.get(name) ?? null
  }

  /** An operator on one value that keeps its shape and type, as 'Exp'. */
  unary(op: string, value: string, attributes: Record<string, Attribute> = {}): string {
    return this.node(op, [value], this.shape(value), attributes, this.type(value))
  }

  /** An operator on two values that are broadcast against each other, as 'Pow'. */
  binary(op: string, left: string, right: string): string {
    const shape = broadcastShape(this.shape(left), this.shape(right))
    return this.node(op, [left, right], shape, {}, this.type(left))
  }

  add(left: string, right: string): string {
    return this.binary('Add', left, right)
  }

  sub(left: string, right: string): string {
    return this.binary('Sub', left, right)
  }

  mul(left: string, right: string): string {
    return this.binary('Mul', left, right)
  }

  div(left: string, right: string): string {
    return this.binary('Div', left, right)
  }

  neg(value: string): string {
    return this.unary('Neg', value)
  }

  /** The value times a number. */
  scale(value: string, factor: number): string {
    return factor === 1 ? value : this.mul(value, this.scalar(factor))
  }

  /** A comparison ('Greater', 'Less', 'Equal' …), whose result is bool. */
  compare(op: string, left: string, right: string): string {
    const shape = broadcastShape(this.shape(left), this.shape(right))
    return this.node(op, [left, right], shape, {}, 'bool')
  }

  /** `yes` where the condition holds, else `no`. */
  where(condition: string, yes: string, no: string): string {
    const branches = broadcastShape(this.shape(yes), this.shape(no))
    const shape = broadcastShape(this.shape(condition), branches)
    return this.node('Where', [condition, yes, no], shape, {}, this.type(yes))
  }

  cast(value: string, type: ElementType): string {
    return this.node('Cast', [value], this.shape(value), { to: { int: elementNumber(type) } }, type)
  }

  transpose(value: string, order: readonly number[]): string {
    const from = this.shape(value)
    const shape = order.map((axis) => from[axis] ?? 1)
    return this.node('Transpose', [value], shape, { perm: { ints: [...order] } }, this.type(value))
  }

  /** The same elements in another shape; nothing when it has that shape. */
  reshape(value: string, shape: Shape): string {
    if (sameShape(this.shape(value), shape)) return value
    return this.node('Reshape', [value, this.ints(shape)], shape, {}, this.type(value))
  }

  /** The sum over axes, which stay with side 1 or (`keep` false) go. */
  reduceSum(value: string, axes: readonly number[], keep = false): string {
    return axes.length === 0 ? value : this.reduce('ReduceSum', value, axes, keep)
  }

  /** 'ReduceMax', 'ReduceMean' … over axes. Since operator set 18 all of them take axes as an input. */
  reduce(op: string, value: string, axes: readonly number[], keep = false): string {
    const from = this.shape(value)
    const kept = from.map((side, axis) => (axes.includes(axis) ? 1 : side))
    const shape = keep ? kept : from.filter((_, axis) => !axes.includes(axis))
    const keepdims = { int: Number(keep) }
    if (op === 'ReduceSum' || this.graph.opset >= 18)
      return this.node(op, [value, this.ints(axes)], shape, { keepdims }, this.type(value))
    return this.node(op, [value], shape, { axes: { ints: axes }, keepdims }, this.type(value))
  }

  /** Matrix product, batches broadcast. */
  matMul(left: string, right: string): string {
    const [a, b] = [this.shape(left), this.shape(right)]
    const batch = broadcastShape(a.slice(0, -2), b.slice(0, -2))
    return this.node('MatMul', [left, right], [...batch, a.at(-2) ?? 1, b.at(-1) ?? 1])
  }

  /** Parts of some axes. `end` below 0 with a negative step is before the first element. */
  slice(value: string, parts: readonly Cut[]): string {
    const shape = [...this.shape(value)]
    const cuts = parts.filter(
      ({ axis, start, end, step = 1 }) => start > 0 || step !== 1 || end < (shape[axis] ?? 0),
    )
    if (cuts.length === 0) return value
    for (const { axis, start, end, step = 1 } of cuts)
      shape[axis] = Math.max(0, Math.ceil((end - start) / step))
    const inputs = [
      value,
      this.ints(cuts.map(({ start }) => start)),
      // A negative number would count from the end; this is "past the start".
      this.ints(cuts.map(({ end }) => (end < 0 ? -(2 ** 31) : end))),
      this.ints(cuts.map(({ axis }) => axis)),
      this.ints(cuts.map(({ step = 1 }) => step)),
    ]
    return this.node('Slice', inputs, shape, {}, this.type(value))
  }

  /** Zeros around a value: so many before and after, for each axis. Negative numbers cut off. */
  pad(value: string, before: readonly number[], after: readonly number[]): string {
    const amounts = [...before, ...after]
    if (amounts.every((amount) => amount === 0)) return value
    const shape = this.shape(value).map(
      (side, axis) => side + (before[axis] ?? 0) + (after[axis] ?? 0),
    )
    return this.node('Pad', [value, this.ints(amounts)], shape, {}, this.type(value))
  }

  concat(values: readonly string[], axis: number): string {
    const [first = ''] = values
    if (values.length === 1) return first
    const shape = [...this.shape(first)]
    shape[axis] = values.reduce((sum, value) => sum + (this.shape(value)[axis] ?? 0), 0)
    return this.node('Concat', values, shape, { axis: { int: axis } }, this.type(first))
  }

  /** Repeats a value along its sides of 1. */
  expand(value: string, shape: Shape): string {
    if (sameShape(this.shape(value), shape)) return value
    return this.node('Expand', [value, this.ints(shape)], shape, {}, this.type(value))
  }

  /** Undoes broadcasting: sums over the axes along which a value of `shape` was repeated. */
  sumTo(value: string, shape: Shape): string {
    const from = this.shape(value)
    const added = from.length - shape.length
    const axes = from.flatMap((side, axis) => {
      const repeated = axis < added || (shape[axis - added] === 1 && side !== 1)
      return repeated ? [axis] : []
    })
    return this.reshape(this.reduceSum(value, axes, true), shape)
  }

  /** The sum of values of one shape. */
  sum(values: readonly string[]): string {
    const [first = '', ...others] = values
    if (this.portable || others.length < 2) return others.reduce((a, b) => this.add(a, b), first)
    return this.node('Sum', values, this.shape(first), {}, this.type(first))
  }
}
