/** @file Shapes that are numbers throughout. */
import { AppError } from '../../shared/errors.ts'
import type { Graph } from '../onnx/graph.ts'
import type { ElementType } from '../onnx/tensor.ts'

export type Shape = readonly number[]

export function sameShape(left: Shape, right: Shape): boolean {
  return left.length === right.length && left.every((side, axis) => side === right[axis])
}

/** The shape of two values that are broadcast against each other, as ONNX (and NumPy) do it. */
export function broadcastShape(left: Shape, right: Shape): number[] {
  const rank = Math.max(left.length, right.length)
  return Array.from({ length: rank }, (_, axis) => {
    const a = left[axis - rank + left.length] ?? 1
    const b = right[axis - rank + right.length] ?? 1
    return a === 1 ? b : a
  })
}

/**
 * Type and shape of a weight, input or value in between.
 * Throws `internal` when they are not known as numbers: `fixShapes` must have been there.
 */
export function staticValue(graph: Graph, name: string): { type: ElementType; shape: Shape } {
  const weight = graph.weights.get(name)
  if (weight) return weight
  const value =
    graph.values.get(name) ?? [...graph.inputs, ...graph.outputs].find((port) => port.name === name)
  const shape = value?.shape?.filter((side) => typeof side === 'number')
  if (value?.type && shape && shape.length === value.shape?.length)
    return { type: value.type, shape }
  throw new AppError('internal', `the shape of '${name}' is not fixed`)
}
