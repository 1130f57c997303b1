/** @file Gradients of operators that combine values, broadcast against each other. */
import { numbersOf } from '../../onnx/tensor.ts'
import type { GradientBuilder, GradientRule, GradientRules } from '../graph/gradient-builder.ts'
import { broadcastRule, type Part, rule } from './rule.ts'

const passed: Part = (_, { dy }) => dy

/** x^(z-1) * z; for squares, which are most, without a power. */
const powerOfBase: Part = (build, { x, z, dy }) => {
  const exponent = build.constantOf(z)
  const [single, ...others] = exponent ? numbersOf(exponent) : []
  if (single === 2 && others.length === 0) return build.mul(dy, build.scale(x, 2))
  const real = build.type(z) === 'float32' ? z : build.cast(z, 'float32')
  const power = build.binary('Pow', x, build.sub(real, build.scalar(1)))
  return build.mul(dy, build.mul(real, power))
}

/** Sum and Mean: `share` of the result's gradient goes to each input. */
function shared(share: (inputs: number) => number): GradientRule {
  return (build, node, [dy = '']) =>
    node.inputs.map((name) =>
      build.wants(name) && dy
        ? build.sumTo(build.scale(dy, share(node.inputs.length)), build.shape(name))
        : null,
    )
}

/** How many of `names` equal y, at each element. */
function countEqual(build: GradientBuilder, names: readonly string[], y: string): string {
  const hits = names.map((name) => build.cast(build.compare('Equal', name, y), 'float32'))
  return build.sum(hits)
}

/** Max and Min: to the input that is the result, in equal parts where several are, as PyTorch. */
const extreme: GradientRule = (build, node, [dy = '']) => {
  const [y = ''] = node.outputs
  if (!dy) return []
  const trainable = node.inputs.filter((name) => build.wants(name))
  const share = trainable.length > 1 ? build.div(dy, countEqual(build, node.inputs, y)) : dy
  return node.inputs.map((name) => {
    if (!build.wants(name)) return null
    const part = build.where(build.compare('Equal', name, y), share, build.scalar(0))
    return build.sumTo(part, build.shape(name))
  })
}

const where: GradientRule = (build, { inputs }, [dy = '']) => {
  const [condition = '', yes = '', no = ''] = inputs
  if (!dy) return []
  const none = build.scalar(0)
  return [
    null,
    build.wants(yes) ? build.sumTo(build.where(condition, dy, none), build.shape(yes)) : null,
    build.wants(no) ? build.sumTo(build.where(condition, none, dy), build.shape(no)) : null,
  ]
}

/** -1, 0 or 1. WebGPU has no Sign. */
function sign(build: GradientBuilder, x: string): string {
  if (!build.portable) return build.unary('Sign', x)
  const [isAbove, isBelow] = ['Greater', 'Less'].map((op) =>
    build.cast(build.compare(op, x, build.scalar(0)), 'float32'),
  )
  return build.sub(isAbove ?? '', isBelow ?? '')
}

export const arithmeticRules: GradientRules = {
  Add: broadcastRule(passed, passed),
  Sub: broadcastRule(passed, (build, { dy }) => build.neg(dy)),
  Mul: broadcastRule(
    (build, { z, dy }) => build.mul(dy, z),
    (build, { x, dy }) => build.mul(dy, x),
  ),
  Div: broadcastRule(
    (build, { z, dy }) => build.div(dy, z),
    (build, { y, z, dy }) => build.neg(build.mul(dy, build.div(y, z))),
  ),
  Pow: broadcastRule(powerOfBase, (build, { x, y, dy }) =>
    build.mul(dy, build.mul(y, build.unary('Log', x))),
  ),
  Neg: rule((build, { dy }) => build.neg(dy)),
  Abs: rule((build, { x, dy }) => build.mul(dy, sign(build, x))),
  Sum: shared(() => 1),
  Mean: shared((inputs) => 1 / inputs),
  Max: extreme,
  Min: extreme,
  Where: where,
}
