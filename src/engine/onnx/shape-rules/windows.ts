/** @file Convolutions and pooling: windows that slide over rows and columns of [N, C, H, W]. */
import { type Known, type NodeView, type Shape, type ShapeRules, sameRule } from './node-view.ts'

interface Windows {
  kernel: Shape
  strides: Shape
  dilations: Shape
  /** Before each spatial axis, then after each. */
  pads: Shape
}

const filled = (length: number, value: number): number[] => Array(length).fill(value)

/** Reach of a dilated kernel along each axis. */
const reach = ({ kernel, dilations }: Windows): number[] =>
  kernel.map((side, i) => (side - 1) * (dilations[i] ?? 1) + 1)

/** Total padding divided over before and after: an odd one is larger after, or before for LOWER. */
function dividedPads(totals: Shape, autoPad: string): number[] {
  const smaller = totals.map((total) => Math.floor(total / 2))
  const larger = totals.map((total) => Math.ceil(total / 2))
  return autoPad === 'SAME_LOWER' ? [...larger, ...smaller] : [...smaller, ...larger]
}

/** Writes padding into the node, in the one form that all operator sets share. */
function setPads(view: NodeView, pads: Shape): void {
  const { auto_pad: _, ...attributes } = view.node.attributes
  view.node.attributes = { ...attributes, pads: { ints: pads } }
}

function samePads(view: NodeView, sides: Shape, windows: Windows): number[] {
  const autoPad = view.text('auto_pad', 'NOTSET')
  const extents = reach(windows)
  const totals = sides.map((side, i) => {
    const stride = windows.strides[i] ?? 1
    const result = Math.ceil(side / stride)
    return Math.max(0, (result - 1) * stride + (extents[i] ?? 1) - side)
  })
  return dividedPads(totals, autoPad)
}

function windowsOf(view: NodeView, kernel: Shape): Windows {
  const rank = kernel.length
  const list = (name: string, fallback: number[]): Shape => {
    const values = view.ints(name) ?? fallback
    if (values.length === fallback.length) return values
    return view.fail(`its ${name} [${values}] do not fit a kernel of [${kernel}]`)
  }
  return {
    kernel,
    strides: list('strides', filled(rank, 1)),
    dilations: list('dilations', filled(rank, 1)),
    pads: list('pads', filled(2 * rank, 0)),
  }
}

/** Rows and columns that windows give; makes `auto_pad` explicit. */
function slide(view: NodeView, sides: Shape, kernel: Shape, ceil: boolean): number[] {
  if (sides.length !== kernel.length)
    view.fail(`a kernel of [${kernel}] does not fit a picture of [${sides}]`)
  const windows = windowsOf(view, kernel)
  const autoPad = view.text('auto_pad', 'NOTSET')
  if (autoPad.startsWith('SAME')) windows.pads = samePads(view, sides, windows)
  if (autoPad === 'VALID') windows.pads = filled(2 * kernel.length, 0)
  if (autoPad !== 'NOTSET') setPads(view, windows.pads)
  const extents = reach(windows)
  return sides.map((side, i) => {
    const stride = windows.strides[i] ?? 1
    const before = windows.pads[i] ?? 0
    const after = windows.pads[kernel.length + i] ?? 0
    const steps = (side + before + after - (extents[i] ?? 1)) / stride
    if (steps < 0) view.fail(`a picture of [${sides}] is smaller than its window`)
    const count = (ceil ? Math.ceil(steps) : Math.floor(steps)) + 1
    // A window that would start in the padding behind the picture is left out, as in PyTorch.
    return ceil && (count - 1) * stride >= side + before ? count - 1 : count
  })
}

function checkChannels(view: NodeView, channels: number, expected: number): void {
  if (channels !== expected)
    view.fail(`its input has ${channels} channels, its weights are for ${expected}`)
}

function conv(view: NodeView): readonly Known[] {
  const { type, shape } = view.input(0)
  const [batch = 0, channels = 0, ...sides] = shape
  const [outputs = 0, perGroup = 0, ...kernel] = view.input(1).shape
  checkChannels(view, channels, perGroup * view.int('group', 1))
  return [{ type, shape: [batch, outputs, ...slide(view, sides, kernel, false)] }]
}

/** Sides of a transposed convolution's result, before its padding is cut off. */
function spreadSides(sides: Shape, windows: Windows, outputPadding: Shape): number[] {
  const extents = reach(windows)
  return sides.map(
    (side, i) =>
      (windows.strides[i] ?? 1) * (side - 1) + (outputPadding[i] ?? 0) + (extents[i] ?? 1),
  )
}

/** Makes padding explicit that `auto_pad` or `output_shape` only imply. */
function impliedPads(view: NodeView, sides: Shape, windows: Windows, whole: Shape): Shape {
  const autoPad = view.text('auto_pad', 'NOTSET')
  const same = autoPad.startsWith('SAME')
  const wanted = view.ints('output_shape')?.slice(-sides.length)
  if (!wanted && !same) return autoPad === 'VALID' ? filled(2 * sides.length, 0) : windows.pads
  const target = wanted ?? sides.map((side, i) => side * (windows.strides[i] ?? 1))
  const totals = whole.map((side, i) => side - (target[i] ?? 0))
  if (totals.some((total) => total < 0))
    view.fail(`its output shape [${target}] is larger than [${whole}]`)
  // An odd padding is larger after with SAME_UPPER, and before otherwise (ONNX, ConvTranspose).
  return dividedPads(totals, autoPad === 'SAME_UPPER' ? autoPad : 'SAME_LOWER')
}

function convTranspose(view: NodeView): readonly Known[] {
  const { type, shape } = view.input(0)
  const [batch = 0, channels = 0, ...sides] = shape
  const [inputs = 0, perGroup = 0, ...kernel] = view.input(1).shape
  checkChannels(view, channels, inputs)
  const windows = windowsOf(view, kernel)
  const outputPadding = view.ints('output_padding') ?? filled(kernel.length, 0)
  const whole = spreadSides(sides, windows, outputPadding)
  const pads = impliedPads(view, sides, windows, whole)
  if (pads !== windows.pads) {
    const { output_shape: _, ...attributes } = view.node.attributes
    view.node.attributes = attributes
    setPads(view, pads)
  }
  const rows = whole.map((side, i) => side - (pads[i] ?? 0) - (pads[sides.length + i] ?? 0))
  return [{ type, shape: [batch, perGroup * view.int('group', 1), ...rows] }]
}

/** Pooling; the second result, of MaxPool, holds indices. */
function pool(view: NodeView): readonly Known[] {
  const { type, shape } = view.input(0)
  const [batch = 0, channels = 0, ...sides] = shape
  const kernel = view.ints('kernel_shape') ?? view.fail('it has no kernel_shape')
  const ceil = view.int('ceil_mode', 0) !== 0
  const pooled = [batch, channels, ...slide(view, sides, kernel, ceil)]
  return [
    { type, shape: pooled },
    { type: 'int64', shape: pooled },
  ]
}

function globalPool(view: NodeView): readonly Known[] {
  const { type, shape } = view.input(0)
  return [{ type, shape: shape.map((side, i) => (i < 2 ? side : 1)) }]
}

export const windowRules: ShapeRules = {
  Conv: conv,
  'com.microsoft.FusedConv': conv,
  ConvTranspose: convTranspose,
  ...sameRule(['MaxPool', 'AveragePool', 'LpPool'], pool),
  ...sameRule(['GlobalAveragePool', 'GlobalMaxPool', 'GlobalLpPool'], globalPool),
}
