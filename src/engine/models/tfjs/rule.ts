/** @file How one TensorFlow operator is converted. */
import type { Step } from './step.ts'
import type { Value } from './value.ts'

/** Emits ONNX nodes for one TensorFlow node. Throws `unsupported-model` for what it cannot do. */
export type Rule = (step: Step) => Value

export type Rules = Readonly<Record<string, Rule>>
