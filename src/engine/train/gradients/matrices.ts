/** @file Gradients of matrix products. */
import { floatAttribute, intAttribute } from '../../onnx/graph.ts'
import type { GradientBuilder, GradientRule, GradientRules } from '../graph/gradient-builder.ts'

/** The last two axes swapped. */
function flipped(build: GradientBuilder, value: string): string {
  const last = build.shape(value).length - 1
  return build.transpose(value, [...Array(last - 1).keys(), last, last - 1])
}

/** All rows of all batches in one matrix. */
function rows(build: GradientBuilder, value: string): string {
  const shape = build.shape(value)
  const columns = shape.at(-1) ?? 1
  return build.reshape(value, [shape.slice(0, -1).reduce((a, b) => a * b, 1), columns])
}

/** aᵀ dy: one product over all batches where they share the right side, as in a linear layer. */
function rightGradient(build: GradientBuilder, [a, b, dy]: readonly [string, string, string]) {
  const shape = build.shape(b)
  const isShared = shape.length === 2 && build.shape(a).length === build.shape(dy).length
  if (isShared)
    return build.node('Gemm', [rows(build, a), rows(build, dy)], shape, { transA: { int: 1 } })
  return build.sumTo(build.matMul(flipped(build, a), dy), shape)
}

/** Vectors are seen as a row on the left and as a column on the right, as NumPy does it. */
const matMul: GradientRule = (build, { inputs }, [upstream]) => {
  const [left = '', right = ''] = inputs
  if (!upstream) return []
  const [leftShape, rightShape] = [build.shape(left), build.shape(right)]
  const a = leftShape.length === 1 ? build.reshape(left, [1, ...leftShape]) : left
  const b = rightShape.length === 1 ? build.reshape(right, [...rightShape, 1]) : right
  const batch = build.shape(upstream).slice(0, Math.max(leftShape.length, rightShape.length) - 2)
  const sides = [build.shape(a).at(-2) ?? 1, build.shape(b).at(-1) ?? 1]
  const dy = build.reshape(upstream, [...batch, ...sides])
  const leftGradient = () => build.sumTo(build.matMul(dy, flipped(build, b)), build.shape(a))
  return [
    build.wants(left) ? build.reshape(leftGradient(), leftShape) : null,
    build.wants(right) ? build.reshape(rightGradient(build, [a, b, dy]), rightShape) : null,
  ]
}

/** y = alpha a' b' + beta c, where ' transposes or not. */
const gemm: GradientRule = (build, node, [dy]) => {
  const [a = '', b = '', c] = node.inputs
  if (!dy) return []
  const [transA, transB] = [intAttribute(node, 'transA', 0), intAttribute(node, 'transB', 0)]
  const product = (left: [string, number], right: [string, number], like: string): string =>
    build.node('Gemm', [left[0], right[0]], build.shape(like), {
      alpha: { float: floatAttribute(node, 'alpha', 1) },
      transA: { int: left[1] },
      transB: { int: right[1] },
    })
  const left = () =>
    transA ? product([b, transB], [dy, 1], a) : product([dy, 0], [b, 1 - transB], a)
  const right = () =>
    transB ? product([dy, 1], [a, transA], b) : product([a, 1 - transA], [dy, 0], b)
  const shift = (name: string) =>
    build.scale(build.sumTo(dy, build.shape(name)), floatAttribute(node, 'beta', 1))
  return [
    build.wants(a) ? left() : null,
    build.wants(b) ? right() : null,
    c && build.wants(c) ? shift(c) : null,
  ]
}

export const matrixRules: GradientRules = { MatMul: matMul, Gemm: gemm }
