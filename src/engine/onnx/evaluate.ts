/** @file Computes single nodes whose inputs are constants. */
import { elementwiseEvaluators } from './evaluators/elementwise.ts'
import type { Evaluators } from './evaluators/evaluator.ts'
import { layoutEvaluators } from './evaluators/layout.ts'
import { reductionEvaluators } from './evaluators/reductions.ts'
import type { GraphNode } from './graph.ts'
import type { Known, NodeView } from './shape-rules/node-view.ts'
import { operatorOf } from './shape-rules/table.ts'
import { type Tensor, tensorOf } from './tensor.ts'

const evaluators: Evaluators = {
  ...elementwiseEvaluators,
  ...layoutEvaluators,
  ...reductionEvaluators,
}

/** Both are kept as bit patterns, with which nothing can be computed. */
const unreadable = new Set<string>(['float16', 'bfloat16'])

/** Operators that use nothing of their input but its shape. */
const shapeOnly = new Set(['Shape', 'Size'])

/** Whether a node's result follows from its input's shape alone. */
export function needsShapeOnly(node: GraphNode): boolean {
  return shapeOnly.has(operatorOf(node))
}

/** Whether there is code that computes a node on constants. */
export function canEvaluate(node: GraphNode): boolean {
  return Object.hasOwn(evaluators, operatorOf(node))
}

/**
 * The results of a node whose inputs are constants, or null where there is no code for its operator
 * or its element types.
 */
export function evaluateNode(view: NodeView, results: readonly Known[]): Tensor[] | null {
  const evaluator = canEvaluate(view.node) ? evaluators[operatorOf(view.node)] : undefined
  const inputs = needsShapeOnly(view.node) ? [] : view.node.inputs.map((_, i) => view.tensor(i))
  const types = [...results, ...inputs].map((value) => value?.type ?? '')
  if (!evaluator || types.some((type) => unreadable.has(type))) return null
  const values = evaluator(view, results)
  return results
    .slice(0, view.node.outputs.length)
    .map(({ type, shape }, i) => tensorOf(type, shape, values[i] ?? []))
}

/** The operators that are computed. */
export const evaluatedOperators: readonly string[] = Object.keys(evaluators)
