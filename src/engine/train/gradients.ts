/** @file The gradients of ONNX's operators: one rule for each, in families. */

import { activationRules } from './gradients/activations.ts'
import { arithmeticRules } from './gradients/arithmetic.ts'
import { convolutionRules } from './gradients/convolution.ts'
import { dropoutRules } from './gradients/dropout.ts'
import { gatherRules } from './gradients/gather.ts'
import { matrixRules } from './gradients/matrices.ts'
import { normalisationRules } from './gradients/normalisation.ts'
import { partRules } from './gradients/parts.ts'
import { poolingRules } from './gradients/pooling.ts'
import { reductionRules } from './gradients/reduce.ts'
import { resizeRules } from './gradients/resize.ts'
import { shapeRules } from './gradients/shape.ts'
import { softmaxRules } from './gradients/softmax.ts'
import type { GradientRules } from './graph/gradient-builder.ts'

export const gradientRules: GradientRules = {
  ...convolutionRules,
  ...matrixRules,
  ...poolingRules,
  ...resizeRules,
  ...normalisationRules,
  ...arithmeticRules,
  ...activationRules,
  ...softmaxRules,
  ...reductionRules,
  ...shapeRules,
  ...partRules,
  ...gatherRules,
  ...dropoutRules,
}
