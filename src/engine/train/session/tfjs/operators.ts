/** @file Every ONNX operator that TensorFlow.js can stand in for. */

import type { Operator, Operators, Step } from './operator.ts'
import { elementwiseOperators } from './operators/elementwise.ts'
import { reduceOperators } from './operators/reduce.ts'
import { shapeOperators } from './operators/shape.ts'
import { windowOperators } from './operators/window.ts'

export const tfjsOperators: Operators = {
  ...elementwiseOperators,
  ...shapeOperators,
  ...reduceOperators,
  ...windowOperators,
}

/** The operator of a node. Throws `unsupported-model`, naming both, where there is none. */
export function operatorOf(step: Step): Operator {
  const { op, domain } = step.node
  const operator = Object.hasOwn(tfjsOperators, op) ? tfjsOperators[op] : undefined
  return domain === '' && operator ? operator : step.fail('there is no such operator')
}
