/** @file Windows that slide over spatial axes: kernels of convolutions and pools. */
import { type GraphNode, intAttribute, intsAttribute } from '../../onnx/graph.ts'
import type { Cut } from '../graph/gradient-builder.ts'
import type { Shape } from '../graph/static-shape.ts'

/** One spatial axis of a window; lengths in elements. */
export interface WindowAxis {
  /** Side of the input and of the output; of a transposed convolution, with these swapped. */
  input: number
  output: number
  kernel: number
  stride: number
  dilation: number
  /** Padding in front of the input. What stands behind it follows from the sides. */
  before: number
}

/** The attributes of a node with a window, for the spatial sides of what goes in and comes out. */
export function windowOf(
  node: GraphNode,
  kernel: Shape,
  input: Shape,
  output: Shape,
): WindowAxis[] {
  const strides = intsAttribute(node, 'strides', [])
  const dilations = intsAttribute(node, 'dilations', [])
  const pads = intsAttribute(node, 'pads', [])
  return kernel.map((size, axis) => ({
    input: input[axis] ?? 1,
    output: output[axis] ?? 1,
    kernel: size,
    stride: strides[axis] ?? 1,
    dilation: dilations[axis] ?? 1,
    before: pads[axis] ?? 0,
  }))
}

/** Sides of a 'group' of channels. */
export function groupOf(node: GraphNode): number {
  return intAttribute(node, 'group', 1)
}

/** First element (may be in the padding) that a tap reads. */
export function tapStart({ dilation, before }: WindowAxis, tap: number): number {
  return tap * dilation - before
}

/** Elements from the first to the last one that a tap reads. */
export function tapSpan({ output, stride }: WindowAxis): number {
  return (output - 1) * stride + 1
}

/** Padding behind the input that the last window reaches; negative where it does not reach the end. */
export function afterOf(axis: WindowAxis): number {
  return tapStart(axis, axis.kernel - 1) + tapSpan(axis) - axis.input
}

/** The outputs for which a tap lies within the input: from `first` up to, not including, `end`. */
export function validOutputs(axis: WindowAxis, tap: number): { first: number; end: number } {
  const start = tapStart(axis, tap)
  const first = Math.max(0, Math.ceil(-start / axis.stride))
  const last = Math.min(axis.output - 1, Math.floor((axis.input - 1 - start) / axis.stride))
  return { first, end: Math.max(first, last + 1) }
}

/** The part of a tap's work that is not spent on padding, over all taps: 0 … 1. */
export function validPart(axes: readonly WindowAxis[]): number {
  return axes.reduce((part, axis) => {
    const valid = Array.from({ length: axis.kernel }, (_, tap) => {
      const { first, end } = validOutputs(axis, tap)
      return end - first
    })
    return (part * valid.reduce((sum, count) => sum + count, 0)) / (axis.kernel * axis.output)
  }, 1)
}

/** Every tap of a window, in row-major order. */
export function tapsOf(axes: readonly WindowAxis[]): number[][] {
  return axes.reduce<number[][]>(
    (taps, { kernel }) =>
      taps.flatMap((tap) => Array.from({ length: kernel }, (_, i) => [...tap, i])),
    [[]],
  )
}

/** What a tap reads of an input `[N, C, …]` that is padded by `padded` in front of each axis. */
export function tapCuts(
  axes: readonly WindowAxis[],
  tap: readonly number[],
  padded: readonly number[],
): Cut[] {
  return axes.map((axis, i) => {
    const start = tapStart(axis, tap[i] ?? 0) + (padded[i] ?? 0)
    return { axis: i + 2, start, end: start + tapSpan(axis), step: axis.stride }
  })
}

/** Both sides of a tap without the padding: parts of the input and of the output `[N, C, …]`. */
export function validCuts(
  axes: readonly WindowAxis[],
  tap: readonly number[],
): { input: Cut[]; output: Cut[]; empty: boolean } {
  const parts = axes.map((axis, i) => ({ axis, ...validOutputs(axis, tap[i] ?? 0), i }))
  return {
    input: parts.map(({ axis, first, end, i }) => {
      const start = tapStart(axis, tap[i] ?? 0) + first * axis.stride
      return {
        axis: i + 2,
        start,
        end: start + (end - 1 - first) * axis.stride + 1,
        step: axis.stride,
      }
    }),
    output: parts.map(({ first, end, i }) => ({ axis: i + 2, start: first, end })),
    empty: parts.some(({ first, end }) => first >= end),
  }
}
