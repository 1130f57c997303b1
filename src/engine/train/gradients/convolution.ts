/** @file Gradients of convolutions. */
import type { GraphNode } from '../../onnx/graph.ts'
import type { GradientBuilder, GradientRule, GradientRules } from '../graph/gradient-builder.ts'
import { convolve, inputGradient } from './input-gradient.ts'
import { kernelGradient } from './kernel-gradient.ts'
import { groupOf, windowOf } from './window.ts'

function biasGradient(build: GradientBuilder, { inputs }: GraphNode, dy: string): string | null {
  if (!build.wants(inputs[2])) return null
  const axes = [...build.shape(dy).keys()].filter((axis) => axis !== 1)
  return build.reduceSum(dy, axes)
}

const convolution: GradientRule = (build, node, [dy]) => {
  const [x = '', kernel = ''] = node.inputs
  if (!dy) return []
  const [shape, group] = [build.shape(kernel), groupOf(node)]
  const axes = windowOf(node, shape.slice(2), build.shape(x).slice(2), build.shape(dy).slice(2))
  return [
    build.wants(x) ? inputGradient(build, { dy, kernel, axes, group }) : null,
    build.wants(kernel) ? kernelGradient(build, { x, dy, kernel: shape, axes, group }) : null,
    biasGradient(build, node, dy),
  ]
}

/** A transposed convolution is what the gradient of a convolution's input is: its roles are swapped. */
const transposedConvolution: GradientRule = (build, node, [dy]) => {
  const [x = '', kernel = ''] = node.inputs
  if (!dy) return []
  const [shape, group] = [build.shape(kernel), groupOf(node)]
  const axes = windowOf(node, shape.slice(2), build.shape(dy).slice(2), build.shape(x).slice(2))
  return [
    build.wants(x) ? convolve(build, dy, kernel, { axes, group }) : null,
    build.wants(kernel)
      ? kernelGradient(build, { x: dy, dy: x, kernel: shape, axes, group })
      : null,
    biasGradient(build, node, dy),
  ]
}

export const convolutionRules: GradientRules = {
  Conv: convolution,
  ConvTranspose: transposedConvolution,
}
