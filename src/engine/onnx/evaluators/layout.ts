/** @file Operators that move numbers, computed. */
import { shapeAxes } from '../shape-rules/constants.ts'
import { permutation } from '../shape-rules/layout.ts'
import type { NodeView } from '../shape-rules/node-view.ts'
import { splitParts, stretches } from '../shape-rules/pieces.ts'
import { sizeOf } from '../tensor.ts'
import { type Evaluator, type Evaluators, resultOf, valuesOf } from './evaluator.ts'
import { broadcastStrides, offsetsOf, stridesOf, take } from './layout-offsets.ts'

const unmoved: Evaluator = (view) => [valuesOf(view, 0)]

const transpose: Evaluator = (view, results) => {
  const strides = stridesOf(view.input(0).shape)
  const moved = permutation(view).map((axis) => strides[axis] ?? 0)
  return [take(valuesOf(view, 0), offsetsOf(resultOf(view, results).shape, moved))]
}

const slice: Evaluator = (view, results) => {
  const strides = stridesOf(view.input(0).shape)
  let first = 0
  for (const { axis, start, step } of stretches(view)) {
    first += start * (strides[axis] ?? 0)
    strides[axis] = step * (strides[axis] ?? 0)
  }
  return [take(valuesOf(view, 0), offsetsOf(resultOf(view, results).shape, strides, first))]
}

const expand: Evaluator = (view, results) => {
  const { shape } = resultOf(view, results)
  const strides = broadcastStrides(view.input(0).shape, shape)
  return [take(valuesOf(view, 0), offsetsOf(shape, strides))]
}

const tile: Evaluator = (view, results) => {
  const { shape } = view.input(0)
  const result = resultOf(view, results).shape
  const strides = stridesOf(shape)
  const places = offsetsOf(result, stridesOf(result)).map((place) => {
    let [rest, offset] = [place, 0]
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      offset += ((rest % (result[axis] ?? 1)) % (shape[axis] ?? 1)) * (strides[axis] ?? 0)
      rest = Math.floor(rest / (result[axis] ?? 1))
    }
    return offset
  })
  return [take(valuesOf(view, 0), places)]
}

/** Rows of a tensor: what lies before, at and behind an axis. */
function around(view: NodeView, axis: number): { outer: number; side: number; inner: number } {
  const { shape } = view.input(0)
  const place = view.axis(axis, shape.length)
  return {
    outer: sizeOf(shape.slice(0, place)),
    side: shape[place] ?? 1,
    inner: sizeOf(shape.slice(place + 1)),
  }
}

const gather: Evaluator = (view) => {
  const { outer, side, inner } = around(view, view.int('axis', 0))
  const values = valuesOf(view, 0)
  const indices = valuesOf(view, 1).map((index) => (index < 0 ? index + side : index))
  const picked = new Float64Array(outer * indices.length * inner)
  for (let row = 0; row < outer; row++)
    for (const [i, index] of indices.entries()) {
      const from = (row * side + index) * inner
      picked.set(values.subarray(from, from + inner), (row * indices.length + i) * inner)
    }
  return [picked]
}

const concat: Evaluator = (view) => {
  const { outer } = around(view, view.int('axis', 1))
  const parts = view.inputs.map((_, i) => valuesOf(view, i))
  const joined = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0))
  let next = 0
  for (let row = 0; row < outer; row++)
    for (const part of parts) {
      const length = part.length / outer
      joined.set(part.subarray(row * length, (row + 1) * length), next)
      next += length
    }
  return [joined]
}

const split: Evaluator = (view, results) => {
  const strides = stridesOf(view.input(0).shape)
  const { inner } = around(view, view.int('axis', 0))
  const values = valuesOf(view, 0)
  let first = 0
  return splitParts(view).map((part, i) => {
    const offsets = offsetsOf(results[i]?.shape ?? [], strides, first)
    first += part * inner
    return take(values, offsets)
  })
}

const shape: Evaluator = (view) => [view.input(0).shape.slice(...shapeAxes(view))]

export const layoutEvaluators: Evaluators = {
  Reshape: unmoved,
  Flatten: unmoved,
  Squeeze: unmoved,
  Unsqueeze: unmoved,
  Transpose: transpose,
  Slice: slice,
  Expand: expand,
  Tile: tile,
  Gather: gather,
  Concat: concat,
  Split: split,
  Shape: shape,
  Size: (view) => [[sizeOf(view.input(0).shape)]],
}
