/** @file A node as the rules see it: its inputs' types and shapes, its constants, its attributes. */
import { AppError } from '../../../shared/errors.ts'
import { floatAttribute, type GraphNode, intAttribute, intsAttribute } from '../graph.ts'
import { type ElementType, numbersOf, type Tensor } from '../tensor.ts'

export type Shape = readonly number[]

/** What is known of a value before anything runs. */
export interface Known {
  type: ElementType
  shape: Shape
}

/** Where a view finds what its node's inputs are. */
export interface Scope {
  /** Version of ONNX's own operators. */
  readonly opset: number
  known(name: string): Known | null
  /** The value of a weight, or of what can be computed from weights and shapes. */
  constant(name: string): Tensor | null
}

export class NodeView {
  readonly node: GraphNode
  readonly #scope: Scope

  constructor(node: GraphNode, scope: Scope) {
    this.node = node
    this.#scope = scope
  }

  get opset(): number {
    return this.#scope.opset
  }

  /** Throws `unsupported-model`, naming operator and node. */
  fail(why: string): never {
    const { op, name, outputs } = this.node
    throw new AppError(
      'unsupported-model',
      `node '${name || outputs[0]}' (${op}): ${why}`,
      'Export the network in another way, or choose another one.',
    )
  }

  /** Whether an input is there: optional ones may be left out. */
  has(index: number): boolean {
    return (this.node.inputs[index] ?? '') !== ''
  }

  /** Type and shape of an input. Throws `unsupported-model` when it is left out or not known. */
  input(index: number): Known {
    const name = this.node.inputs[index] ?? ''
    const known = name === '' ? null : this.#scope.known(name)
    return known ?? this.fail(`its input ${index} ('${name}') has no known shape`)
  }

  get inputs(): Known[] {
    return this.node.inputs.map((_, i) => this.input(i))
  }

  /** A constant input as it is, or null when it is left out or depends on what is fed. */
  tensor(index: number): Tensor | null {
    return this.has(index) ? this.#scope.constant(this.node.inputs[index] ?? '') : null
  }

  /**
   * The elements of a constant input, null where it is left out.
   * Throws `unsupported-model` when it depends on what is fed.
   */
  numbers(index: number): number[] | null {
    if (!this.has(index)) return null
    const tensor = this.tensor(index)
    if (!tensor)
      this.fail(
        `its input '${this.node.inputs[index]}' depends on the picture, not on shapes alone`,
      )
    return numbersOf(tensor)
  }

  /** As `numbers`, but the input has to be there. */
  required(index: number): number[] {
    return this.numbers(index) ?? this.fail(`its input ${index} is missing`)
  }

  /** A list that is an input, or an attribute as in older operator sets; null = neither. */
  list(index: number, attribute: string): readonly number[] | null {
    return this.numbers(index) ?? this.ints(attribute)
  }

  int(name: string, fallback: number): number {
    return intAttribute(this.node, name, fallback)
  }

  float(name: string, fallback: number): number {
    return floatAttribute(this.node, name, fallback)
  }

  ints(name: string): readonly number[] | null {
    return name in this.node.attributes ? intsAttribute(this.node, name, []) : null
  }

  text(name: string, fallback: string): string {
    const attribute = this.node.attributes[name]
    return attribute && 'string' in attribute ? attribute.string : fallback
  }

  /** An axis counted from the start. Throws `unsupported-model` when there is no such axis. */
  axis(axis: number, rank: number): number {
    const positive = axis < 0 ? axis + rank : axis
    if (positive < 0 || positive >= rank)
      this.fail(`there is no axis ${axis} in ${rank} dimensions`)
    return positive
  }

  /** A side of a shape. Throws `unsupported-model` when the shape has fewer. */
  side(shape: Shape, axis: number): number {
    return shape[axis] ?? this.fail(`[${shape}] has no dimension ${axis}`)
  }
}

/** Types and shapes of a node's results. Throws `unsupported-model` for inputs that do not fit. */
export type ShapeRule = (view: NodeView) => readonly Known[]

export type ShapeRules = Readonly<Record<string, ShapeRule>>

/** The same rule for several operators. */
export function sameRule(operators: readonly string[], rule: ShapeRule): ShapeRules {
  return Object.fromEntries(operators.map((operator) => [operator, rule]))
}
