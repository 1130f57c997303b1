/** @file The gradients of ONNX's operators: one rule for each, in families. */
import type { GradientRules } from './gradient-builder.ts'
import { convolutionRules } from './gradients/convolution.ts'

export const gradientRules: GradientRules = {
  ...convolutionRules,
}
