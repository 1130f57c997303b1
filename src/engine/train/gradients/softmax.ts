/** @file Gradients of Softmax and LogSoftmax. */
import { intAttribute } from '../../onnx/graph.ts'
import { sizeOf } from '../../onnx/tensor.ts'
import type { GradientBuilder, GradientRule, GradientRules } from '../graph/gradient-builder.ts'
import { type Names, plainAxis, rule } from './rule.ts'

/** Along which axis of which shape: up to operator set 12, all axes from `axis` on are one. */
function lineUp(build: GradientBuilder, { node, x }: Names): { shape: number[]; axis: number } {
  const shape = [...build.shape(x)]
  const old = build.graph.opset < 13
  const axis = plainAxis(intAttribute(node, 'axis', old ? 1 : -1), shape.length)
  if (!old) return { shape, axis }
  return { shape: [sizeOf(shape.slice(0, axis)), sizeOf(shape.slice(axis))], axis: 1 }
}

type Write = (build: GradientBuilder, y: string, dy: string, axis: number) => string

function softmax(write: Write): GradientRule {
  return rule((build, names) => {
    const { shape, axis } = lineUp(build, names)
    const [y, dy] = [build.reshape(names.y, shape), build.reshape(names.dy, shape)]
    return build.reshape(write(build, y, dy, axis), build.shape(names.x))
  })
}

export const softmaxRules: GradientRules = {
  Softmax: softmax((build, y, dy, axis) => {
    const mean = build.reduceSum(build.mul(dy, y), [axis], true)
    return build.mul(y, build.sub(dy, mean))
  }),
  LogSoftmax: softmax((build, y, dy, axis) => {
    const total = build.reduceSum(dy, [axis], true)
    return build.sub(dy, build.mul(build.unary('Exp', y), total))
  }),
}
