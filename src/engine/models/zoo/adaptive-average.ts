/**
 * @file Adaptive average pooling (PyTorch's F.adaptive_avg_pool2d), for which ONNX has no operator:
 * row i of the result averages rows from floor(i n / m) up to, not including, ceil((i + 1) n / m) of
 * n, likewise columns. Both are products with matrices that the graph computes from the sizes.
 */
import { addWeight } from '../../onnx/graph.ts'
import { tensorOf } from '../../onnx/tensor.ts'
import type { NetworkBuilder, Value } from './network-builder.ts'

/** A whole number as a weight, named after the value it is for. */
function integer(build: NetworkBuilder, value: number, name: string): string {
  return addWeight(build.graph, name, tensorOf('int64', [], [value]))
}

/** The `[m, n]` matrix that averages n numbers to m; both are names of whole numbers. */
function averagingMatrix(build: NetworkBuilder, from: string, to: string, name: string): string {
  const part = (text: string) => `${name}/${text}`
  const node = (op: string, inputs: string[], text: string, attributes = {}) =>
    build.node(op, inputs, part(text), attributes)
  const zero = integer(build, 0, part('zero'))
  const one = integer(build, 1, part('one'))
  const last = addWeight(build.graph, part('last'), tensorOf('int64', [1], [1]))
  const rows = node('Unsqueeze', [node('Range', [zero, to, one], 'range'), last], 'rows')
  const columns = node('Range', [zero, from, one], 'columns')
  const start = node('Div', [node('Mul', [rows, from], 'rows/scaled'), to], 'start')
  const next = node('Mul', [node('Add', [rows, one], 'rows/next'), from], 'next')
  const rounding = node('Sub', [to, one], 'rounding')
  const end = node('Div', [node('Add', [next, rounding], 'next/up'), to], 'end')
  const isAfterStart = node('GreaterOrEqual', [columns, start], 'after')
  const isBeforeEnd = node('Less', [columns, end], 'before')
  const float = { to: { int: 1 } }
  const inside = node('Cast', [node('And', [isAfterStart, isBeforeEnd], 'within')], 'inside', float)
  const length = node('Cast', [node('Sub', [end, start], 'lengths')], 'length', float)
  return build.node('Div', [inside, length], name)
}

/** Rows and columns, `sides` times numerator / denominator, rounded up, but at least 5. */
export function scaledSides(
  build: NetworkBuilder,
  sides: string,
  [numerator, denominator]: readonly [number, number],
  name: string,
): string {
  const part = (text: string) => `${name}/${text}`
  const numeratorName = integer(build, numerator, part('numerator'))
  const denominatorName = integer(build, denominator, part('denominator'))
  const rounding = integer(build, denominator - 1, part('rounding'))
  const product = build.node('Mul', [sides, numeratorName], part('product'))
  const sum = build.node('Add', [product, rounding], part('sum'))
  const scaled = build.node('Div', [sum, denominatorName], part('scaled'))
  return build.node('Max', [scaled, integer(build, 5, part('least'))], name)
}

/** Averages to the rows and columns that `sides` holds, `[2]`. */
export function adaptiveAverage(
  build: NetworkBuilder,
  input: Value,
  sides: string,
  name: string,
): Value {
  const part = (text: string) => `${name}/${text}`
  const own = build.node('Shape', [input.name], part('own'), { start: { int: 2 } })
  const side = (of: string, index: number, text: string): string =>
    build.node('Gather', [of, integer(build, index, part(`${text}/index`))], part(text))
  const matrix = (axis: string, index: number): string => {
    const from = side(own, index, `${axis}/from`)
    const to = side(sides, index, `${axis}/to`)
    return averagingMatrix(build, from, to, part(axis))
  }
  const rows = matrix('rows', 0)
  const columns = build.node('Transpose', [matrix('columns', 1)], part('columns/transposed'), {
    perm: { ints: [1, 0] },
  })
  const narrow = build.node('MatMul', [input.name, columns], part('narrow'))
  return { name: build.node('MatMul', [rows, narrow], name), channels: input.channels }
}
