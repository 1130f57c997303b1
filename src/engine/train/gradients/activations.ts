/** @file Gradients of functions of one element, from the saved result where that is enough. */
import { floatAttribute } from '../../onnx/graph.ts'
import type { GradientBuilder, GradientRule, GradientRules } from '../graph/gradient-builder.ts'
import { broadcastRule, constantNumbers, type Names, rule } from './rule.ts'

/** A rule for y = f(x): `slope` writes f'(x). */
function slope(write: (build: GradientBuilder, names: Names) => string): GradientRule {
  return rule((build, names) => build.mul(names.dy, write(build, names)))
}

/** dy where the condition holds, else `otherwise`. */
function negativeSide(otherwise: (build: GradientBuilder, names: Names) => string): GradientRule {
  return rule((build, names) => {
    const negative = build.compare('Less', names.x, build.scalar(0))
    return build.where(negative, otherwise(build, names), names.dy)
  })
}

/**
 * dy where a condition holds, else 0. For ONNX Runtime a product is faster than Where (16 → 10 ms for
 * both limits of 3.7 million elements, one core) and than Sign (12 → 8 ms for one).
 */
function kept(build: GradientBuilder, dy: string, condition: string): string {
  return build.mul(dy, build.cast(condition, build.type(dy)))
}

/** dy where low < y < high, else 0. Infinite limits need no comparison. */
function between(
  build: GradientBuilder,
  { y, dy }: Names,
  [low, high]: readonly [number, number],
): string {
  const tests: string[] = []
  if (low > -Infinity) tests.push(build.compare('Greater', y, build.scalar(low)))
  if (high < Infinity) tests.push(build.compare('Less', y, build.scalar(high)))
  const [first, second] = tests
  if (!first) return dy
  const inside = second ? build.node('And', [first, second], build.shape(y), {}, 'bool') : first
  return kept(build, dy, inside)
}

/** Limits are attributes up to operator set 10 and constants from then on. */
const clip = rule((build, names) => {
  const { node } = names
  const [low] = constantNumbers(build, node, 1) ?? [floatAttribute(node, 'min', -Infinity)]
  const [high] = constantNumbers(build, node, 2) ?? [floatAttribute(node, 'max', Infinity)]
  return between(build, names, [low ?? -Infinity, high ?? Infinity])
})

const hardSigmoid = rule((build, names) =>
  build.scale(between(build, names, [0, 1]), floatAttribute(names.node, 'alpha', 0.2)),
)

/** x * clip(x/6 + 1/2, 0, 1): x/3 + 1/2 between the bends at -3 and 3, else 0 or 1. */
function hardSwishSlope(build: GradientBuilder, { x }: Names): string {
  const gate = build.unary('HardSigmoid', x, { alpha: { float: 1 / 6 }, beta: { float: 0.5 } })
  const inside = build.compare('Less', build.unary('Abs', x), build.scalar(3))
  const ramp = build.add(build.scale(x, 1 / 3), build.scalar(0.5))
  return build.where(inside, ramp, gate)
}

/** x * cdf(x): cdf(x) + x * pdf(x). */
function geluSlope(build: GradientBuilder, { x }: Names): string {
  const error = build.unary('Erf', build.scale(x, Math.SQRT1_2))
  const cdf = build.scale(build.add(error, build.scalar(1)), 0.5)
  const exponential = build.unary('Exp', build.scale(build.mul(x, x), -0.5))
  return build.add(cdf, build.mul(x, build.scale(exponential, 1 / Math.sqrt(2 * Math.PI))))
}

/** x/2 * (1 + t), t = tanh(k (x + c x^3)): (1 + t)/2 + x/2 * (1 - t^2) * k (1 + 3 c x^2). */
function tanhGeluSlope(build: GradientBuilder, { x }: Names): string {
  const [k, c] = [Math.sqrt(2 / Math.PI), 0.044715]
  const one = build.scalar(1)
  const square = build.mul(x, x)
  const inner = build.mul(build.scale(x, k), build.add(build.scale(square, c), one))
  const t = build.unary('Tanh', inner)
  const innerSlope = build.scale(build.add(build.scale(square, 3 * c), one), k)
  const bend = build.mul(build.sub(one, build.mul(t, t)), innerSlope)
  return build.scale(build.add(build.add(t, one), build.mul(x, bend)), 0.5)
}

const gelu: GradientRule = (build, node, upstream) => {
  const { approximate } = node.attributes
  const tanh = approximate && 'string' in approximate && approximate.string === 'tanh'
  return slope(tanh ? tanhGeluSlope : geluSlope)(build, node, upstream)
}

export const activationRules: GradientRules = {
  Relu: rule((build, names) => between(build, names, [0, Infinity])),
  LeakyRelu: negativeSide((build, { node, dy }) =>
    build.scale(dy, floatAttribute(node, 'alpha', 0.01)),
  ),
  PRelu: broadcastRule(
    (build, { x, z, dy }) => {
      const negative = build.compare('Less', x, build.scalar(0))
      return build.where(negative, build.mul(dy, z), dy)
    },
    (build, { x, dy }) => build.mul(dy, build.binary('Min', x, build.scalar(0))),
  ),
  Elu: negativeSide((build, { node, y, dy }) =>
    build.mul(dy, build.add(y, build.scalar(floatAttribute(node, 'alpha', 1)))),
  ),
  Clip: clip,
  HardSigmoid: hardSigmoid,
  HardSwish: slope(hardSwishSlope),
  Gelu: gelu,
  Sigmoid: slope((build, { y }) => build.mul(y, build.sub(build.scalar(1), y))),
  Softplus: slope((build, { x }) => build.unary('Sigmoid', x)),
  Tanh: slope((build, { y }) => build.sub(build.scalar(1), build.mul(y, y))),
  Erf: slope((build, { x }) =>
    build.scale(build.unary('Exp', build.neg(build.mul(x, x))), 2 / Math.sqrt(Math.PI)),
  ),
  Exp: slope((_, { y }) => y),
  Log: rule((build, { x, dy }) => build.div(dy, x)),
  Sqrt: rule((build, { y, dy }) => build.div(build.scale(dy, 0.5), y)),
  Reciprocal: slope((build, { y }) => build.neg(build.mul(y, y))),
}
