/** @file Padding and size of windows that slide over an image: convolution and pooling. */
import type { Attribute } from '../../onnx/graph.ts'
import type { Step } from './step.ts'

type Pair = readonly [number, number]

/** Rows and columns of an attribute that has one number for each of N, H, W, C; 1 when absent. */
export function spatial(step: Step, name: string): Pair {
  const format = step.text('data_format', 'NHWC')
  if (format !== 'NHWC') throw step.unsupported(`has the layout ${format}, expected NHWC`)
  const [, height = 1, width = 1] = step.numbers(name)
  return [height, width]
}

/** Padding [top, left, bottom, right] that TensorFlow's explicit_paddings lists. */
function explicitPads(step: Step): number[] {
  const [, , top = 0, bottom = 0, left = 0, right = 0] = step.numbers('explicit_paddings')
  return [top, left, bottom, right]
}

/** The window's reach in pixels, dilation included. */
const reach = (kernel: number, dilation: number): number => (kernel - 1) * dilation + 1

/**
 * The padding attributes of an ONNX window. 'SAME' with stride 1 is the same for every size of the
 * image, so it is given as numbers; with a larger stride it depends on the size.
 */
export function padded(
  step: Step,
  kernel: Pair,
  strides: Pair,
  dilations: Pair = [1, 1],
): Record<string, Attribute> {
  const padding = step.text('padding')
  if (padding === 'VALID') return {}
  if (padding === 'EXPLICIT') return { pads: { ints: explicitPads(step) } }
  if (strides.some((stride) => stride > 1)) return { auto_pad: { string: 'SAME_UPPER' } }
  const total = kernel.map((side, i) => reach(side, dilations[i] ?? 1) - 1)
  const before = total.map((sum) => Math.floor(sum / 2))
  const after = total.map((sum, i) => sum - (before[i] ?? 0))
  return { pads: { ints: [...before, ...after] } }
}

/** Rows and columns of the result of a window sliding over an image of `shape` (N, H, W, C). */
export function windowSize(
  step: Step,
  shape: readonly number[],
  kernel: Pair,
  strides: Pair,
  dilations: Pair = [1, 1],
): [number, number] {
  const padding = step.text('padding')
  const [top = 0, left = 0, bottom = 0, right = 0] =
    padding === 'EXPLICIT' ? explicitPads(step) : []
  const side = (size: number, i: 0 | 1): number =>
    padding === 'SAME'
      ? Math.ceil(size / strides[i])
      : Math.floor((size - reach(kernel[i], dilations[i])) / strides[i]) + 1
  const [, height = 1, width = 1] = shape
  return [side(height + top + bottom, 0), side(width + left + right, 1)]
}
