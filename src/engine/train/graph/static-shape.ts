/** @file Shapes that are numbers throughout. */

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
