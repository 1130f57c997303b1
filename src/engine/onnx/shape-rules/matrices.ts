/** @file Shapes of products of matrices. */
import { broadcast } from './elementwise.ts'
import type { Known, NodeView, Shape, ShapeRules } from './node-view.ts'

/** The shape with its last two sides swapped. */
function transposed(shape: Shape): Shape {
  return [...shape.slice(0, -2), shape.at(-1) ?? 1, shape.at(-2) ?? 1]
}

/** As numpy's matmul: a list is a row on the left and a column on the right. */
function product(view: NodeView, a: Shape, b: Shape): Shape {
  const left = a.length === 1 ? [1, ...a] : a
  const right = b.length === 1 ? [...b, 1] : b
  if (left.at(-1) !== right.at(-2)) view.fail(`matrices of [${a}] and [${b}] do not fit`)
  const batch = broadcast(view, [left.slice(0, -2), right.slice(0, -2)])
  const rows = a.length === 1 ? [] : [left.at(-2) ?? 1]
  const columns = b.length === 1 ? [] : [right.at(-1) ?? 1]
  return [...batch, ...rows, ...columns]
}

function matMul(view: NodeView): readonly Known[] {
  const { type, shape } = view.input(0)
  return [{ type, shape: product(view, shape, view.input(1).shape) }]
}

function withTransposes(first: string, second: string) {
  return (view: NodeView): readonly Known[] => {
    const side = (index: number, name: string): Shape => {
      const { shape } = view.input(index)
      return view.int(name, 0) === 0 ? shape : transposed(shape)
    }
    const shape = product(view, side(0, first), side(1, second))
    return [{ type: view.input(0).type, shape }]
  }
}

export const matrixRules: ShapeRules = {
  MatMul: matMul,
  Gemm: withTransposes('transA', 'transB'),
  'com.microsoft.FusedGemm': withTransposes('transA', 'transB'),
  'com.microsoft.FusedMatMul': withTransposes('transA', 'transB'),
}
