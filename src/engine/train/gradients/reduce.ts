/** @file Gradients of reductions. */
import { intAttribute, intsAttribute } from '../../onnx/graph.ts'
import { sizeOf } from '../../onnx/tensor.ts'
import type { GradientBuilder, GradientRule, GradientRules } from '../graph/gradient-builder.ts'
import { constantNumbers, type Names, plainAxis, rule } from './rule.ts'

/** The reduced axes: an attribute in old operator sets, an input in new ones; none = all. */
function reducedAxes(build: GradientBuilder, { node, x }: Names): number[] {
  const rank = build.shape(x).length
  const axes = constantNumbers(build, node, 1) ?? intsAttribute(node, 'axes', [])
  if (axes.length > 0) return axes.map((axis) => plainAxis(axis, rank))
  return intAttribute(node, 'noop_with_empty_axes', 0)
    ? []
    : Array.from({ length: rank }, (_, i) => i)
}

interface Reduced extends Names {
  /** Elements that become one. */
  count: number
}

/** A rule for which y and dy have the shape of x with sides of 1 where it is reduced. */
function reduction(write: (build: GradientBuilder, reduced: Reduced) => string): GradientRule {
  return rule((build, names) => {
    const shape = build.shape(names.x)
    const axes = reducedAxes(build, names)
    const kept = shape.map((side, axis) => (axes.includes(axis) ? 1 : side))
    const [y, dy] = [build.reshape(names.y, kept), build.reshape(names.dy, kept)]
    const count = sizeOf(shape) / sizeOf(kept)
    return build.expand(write(build, { ...names, y, dy, count }), shape)
  })
}

/** To the largest (or smallest), in equal parts where there are several, as PyTorch. */
const extreme = rule((build, names) => {
  const axes = reducedAxes(build, names)
  const kept = build.shape(names.x).map((side, axis) => (axes.includes(axis) ? 1 : side))
  const [y, dy] = [build.reshape(names.y, kept), build.reshape(names.dy, kept)]
  const hits = build.cast(build.compare('Equal', names.x, y), 'float32')
  return build.mul(hits, build.div(dy, build.reduceSum(hits, axes, true)))
})

export const reductionRules: GradientRules = {
  ReduceSum: reduction((_, { dy }) => dy),
  ReduceMean: reduction((build, { dy, count }) => build.scale(dy, 1 / count)),
  ReduceMax: extreme,
  ReduceMin: extreme,
  ReduceL2: reduction((build, { x, y, dy }) => build.mul(x, build.div(dy, y))),
}
