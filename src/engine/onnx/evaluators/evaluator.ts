/** @file What computes an operator on constants. */
import type { Known, NodeView } from '../shape-rules/node-view.ts'

/**
 * The elements of a node's results, whose types and shapes are known already. All its inputs are
 * constants, but those of Shape and Size. Numbers are doubles; int64 beyond 2^53 lose their end.
 */
export type Evaluator = (view: NodeView, results: readonly Known[]) => readonly ArrayLike<number>[]

export type Evaluators = Readonly<Record<string, Evaluator>>

/** The elements of a constant input. */
export function valuesOf(view: NodeView, index: number): Float64Array {
  const tensor = view.tensor(index)
  return tensor
    ? Float64Array.from(tensor.data, Number)
    : view.fail(`input ${index} is no constant`)
}

/** The first result of a node. */
export function resultOf(view: NodeView, results: readonly Known[]): Known {
  return results[0] ?? view.fail('it has no result')
}
