/** @file Gradients of convolutions. */
import type { GradientRules } from '../gradient-builder.ts'

export const convolutionRules: GradientRules = {}
