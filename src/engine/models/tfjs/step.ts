/** @file One node of a TensorFlow graph while it is converted: its inputs, attributes and output. */
import { AppError } from '../../../shared/errors.ts'
import { type Attribute, addNode, addWeight, type Graph } from '../../onnx/graph.ts'
import { numbersOf, type Tensor } from '../../onnx/tensor.ts'
import type { TfNode } from './graph-model.ts'
import {
  type Computed,
  isConstant,
  plainOrder,
  sameOrder,
  transposed,
  type Value,
} from './value.ts'

export class Step {
  readonly node: TfNode
  readonly inputs: readonly Value[]
  readonly #graph: Graph
  #transposes = 0

  constructor(node: TfNode, inputs: readonly Value[], graph: Graph) {
    this.node = node
    this.inputs = inputs
    this.#graph = graph
  }

  /** An error that names this node. */
  unsupported(problem: string): AppError {
    return new AppError(
      'unsupported-model',
      `${this.node.op} '${this.node.name}' ${problem}`,
      'This network cannot be converted; an .onnx export of it may work.',
    )
  }

  /** Input `index`; every operator knows how many it has. */
  input(index: number): Value {
    const value = this.inputs[index]
    if (value) return value
    throw this.unsupported(`has ${this.inputs.length} inputs, expected more`)
  }

  /** An input that must be known when the network is converted. */
  constant(index: number): Tensor {
    const value = this.input(index)
    if (isConstant(value)) return value.constant
    throw this.unsupported(`needs a constant as input ${index}, '${value.name}' is computed`)
  }

  integers(index: number): number[] {
    return numbersOf(this.constant(index))
  }

  integer(index: number): number {
    return this.integers(index)[0] ?? 0
  }

  /** An input as a value of the ONNX graph, in `order` (default: as it lies). */
  computed(index: number, order?: readonly number[]): Computed {
    const value = this.input(index)
    if (!isConstant(value)) return order ? this.reorder(value, order) : value
    const wanted = order ?? plainOrder(value.constant.shape.length)
    return {
      name: this.weight(`${this.node.name}/input${index}`, transposed(value.constant, wanted)),
      type: value.constant.type,
      shape: value.constant.shape,
      order: wanted,
    }
  }

  /** `value` in another order of dimensions; a Transpose only where it lies otherwise. */
  reorder(value: Computed, order: readonly number[]): Computed {
    if (sameOrder(value.order, order)) return value
    const perm = order.map((axis) => value.order.indexOf(axis))
    const suffix = `/transpose${this.#transposes++}`
    const name = this.emit('Transpose', [value.name], { perm: { ints: perm } }, suffix)
    return { ...value, name, order }
  }

  weight(name: string, tensor: Tensor): string {
    return addWeight(this.#graph, name, tensor)
  }

  /**
   * Appends an ONNX node and returns the name of its result: this node's, with a suffix where the
   * result is only an intermediate one.
   */
  emit(op: string, inputs: string[], attributes: Record<string, Attribute> = {}, suffix = '') {
    return addNode(this.#graph, op, inputs, this.node.name + suffix, attributes)
  }

  #attribute(name: string) {
    return this.node.attr[name] ?? {}
  }

  flag(name: string): boolean {
    return this.#attribute(name).b ?? false
  }

  number(name: string, fallback: number): number {
    const { i, f } = this.#attribute(name)
    return f ?? i ?? fallback
  }

  numbers(name: string): number[] {
    return this.#attribute(name).list?.i ?? []
  }

  text(name: string, fallback = ''): string {
    const { s } = this.#attribute(name)
    return s === undefined ? fallback : Buffer.from(s, 'base64').toString()
  }

  /** TensorFlow's name of an element type, as 'DT_FLOAT'. */
  typeName(name: string): string {
    return String(this.#attribute(name).type ?? '')
  }

  texts(name: string): string[] {
    return (this.#attribute(name).list?.s ?? []).map((s) => Buffer.from(s, 'base64').toString())
  }
}
