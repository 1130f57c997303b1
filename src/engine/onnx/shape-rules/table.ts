/** @file All rules of shapes, by operator; those of other domains as 'domain.Operator'. */
import type { GraphNode } from '../graph.ts'
import { constantRules } from './constants.ts'
import { elementwiseRules } from './elementwise.ts'
import { indexRules } from './indices.ts'
import { layoutRules } from './layout.ts'
import { matrixRules } from './matrices.ts'
import type { ShapeRule, ShapeRules } from './node-view.ts'
import { normalisationRules } from './normalisations.ts'
import { pieceRules } from './pieces.ts'
import { reductionRules } from './reductions.ts'
import { resizingRules } from './resizing.ts'
import { windowRules } from './windows.ts'

const shapeRules: ShapeRules = {
  ...constantRules,
  ...elementwiseRules,
  ...indexRules,
  ...layoutRules,
  ...matrixRules,
  ...normalisationRules,
  ...pieceRules,
  ...reductionRules,
  ...resizingRules,
  ...windowRules,
}

/** A node's key in a table of operators. */
export function operatorOf({ op, domain }: GraphNode): string {
  return domain === '' || domain === 'ai.onnx' ? op : `${domain}.${op}`
}

/** The rule for a node, null where there is none. */
export function shapeRuleOf(node: GraphNode): ShapeRule | null {
  const operator = operatorOf(node)
  return (Object.hasOwn(shapeRules, operator) && shapeRules[operator]) || null
}

/** The operators that have a rule. */
export const shapeRuleOperators: readonly string[] = Object.keys(shapeRules)
