/** @file Convolutions, dense layers, and the batch juggling that stands for dilation. */
import type { Attribute } from '../../onnx/graph.ts'
import { activate, operand } from './ops-elementwise.ts'
import type { Rules } from './rule.ts'
import type { Step } from './step.ts'
import { type Computed, type Dilation, imageOrder, transposed } from './value.ts'
import { padded, spatial, windowSize } from './window.ts'

/** TensorFlow's filter [kh, kw, in, out] as ONNX's [out, in, kh, kw]. */
const filterOrder = [3, 2, 0, 1]
/** TensorFlow's depthwise filter [kh, kw, in, multiplier] as [in, multiplier, kh, kw]. */
const depthwiseOrder = [2, 3, 0, 1]

interface Filter {
  name: string
  outChannels: number
  group: number
  kernel: readonly [number, number]
}

function filterOf(step: Step, depthwise: boolean): Filter {
  const filter = step.constant(1)
  const [height = 1, width = 1, channelsIn = 1, last = 1] = filter.shape
  const image = step.computed(0)
  const group = depthwise ? channelsIn : (image.shape[3] ?? channelsIn) / channelsIn
  const outChannels = depthwise ? channelsIn * last : last
  const turned = transposed(filter, depthwise ? depthwiseOrder : filterOrder)
  const shape = depthwise ? [outChannels, 1, height, width] : turned.shape
  const name = step.weight(`${step.node.name}/weight`, { ...turned, shape })
  return { name, outChannels, group, kernel: [height, width] }
}

/** Attributes of a convolution of one of the interleaved grids, as one of the whole image. */
function dilatedConvolution(step: Step, image: Computed, dilation: Dilation, filter: Filter) {
  const plain = [...spatial(step, 'strides'), ...spatial(step, 'dilations')].every((n) => n === 1)
  if (!plain || step.text('padding') !== 'VALID' || dilation.crop)
    throw step.unsupported('is not a plain VALID convolution, but lies inside of SpaceToBatchND')
  const pads = [...dilation.paddings]
  const attributes: Record<string, Attribute> = {
    kernel_shape: { ints: filter.kernel },
    group: { int: filter.group },
    dilations: { ints: dilation.block },
    pads: { ints: pads },
  }
  const crop = (crops: readonly number[]) => {
    for (const [i, value] of crops.entries()) pads[i] = (pads[i] ?? 0) - value
    if (pads.some((pad) => pad < 0)) throw step.unsupported('is cropped by more than its padding')
  }
  const [batch = 1, height = 1, width = 1] = image.shape
  const shape = [
    batch,
    height - filter.kernel[0] + 1,
    width - filter.kernel[1] + 1,
    filter.outChannels,
  ]
  return { attributes, shape, dilation: { ...dilation, crop } }
}

function convolve(step: Step, depthwise: boolean, suffix: string): Computed {
  const image = step.computed(0, imageOrder)
  const filter = filterOf(step, depthwise)
  if (image.dilation) {
    const { attributes, ...rest } = dilatedConvolution(step, image, image.dilation, filter)
    const name = step.emit('Conv', [image.name, filter.name], attributes, suffix)
    return { ...image, ...rest, name }
  }
  const dilations = spatial(step, 'dilations')
  const strides = spatial(step, 'strides')
  const attributes: Record<string, Attribute> = {
    kernel_shape: { ints: filter.kernel },
    group: { int: filter.group },
    strides: { ints: strides },
    dilations: { ints: dilations },
    ...padded(step, filter.kernel, strides, dilations),
  }
  const name = step.emit('Conv', [image.name, filter.name], attributes, suffix)
  const [height, width] = windowSize(step, image.shape, filter.kernel, strides, dilations)
  return { ...image, name, shape: [image.shape[0] ?? 1, height, width, filter.outChannels] }
}

/** What fused operators do after the product, in this order. */
function finishFused(step: Step, suffixed: (suffix: string) => Computed): Computed {
  const [first, ...others] = step.texts('fused_ops')
  if (first === undefined) return suffixed('')
  if (first !== 'BiasAdd' || others.length > 1)
    throw step.unsupported(`fuses ${[first, ...others].join(', ')}, expected BiasAdd first`)
  const [activation] = others
  const product = suffixed('/product')
  const bias = operand(step, 2, product.order)
  const name = step.emit('Add', [product.name, bias], {}, activation ? '/biased' : '')
  return activation ? activate(step, { ...product, name }, activation, 3) : { ...product, name }
}

function dense(step: Step, suffix: string): Computed {
  if (step.flag('transpose_a') || step.flag('transpose_b'))
    throw step.unsupported('transposes an operand')
  const [a, b] = [step.computed(0, [0, 1]), step.computed(1, [0, 1])]
  const name = step.emit('MatMul', [a.name, b.name], {}, suffix)
  return { ...a, name, shape: [a.shape[0] ?? 1, b.shape[1] ?? 1] }
}

/** Block of SpaceToBatchND: of two spatial dimensions. */
function blockOf(step: Step): readonly [number, number] {
  const [height = 1, width = 1, ...more] = step.integers(1)
  if (more.length > 0) throw step.unsupported('has more than two spatial dimensions')
  return [height, width]
}

export const convolutionRules: Rules = {
  Conv2D: (step) => convolve(step, false, ''),
  DepthwiseConv2dNative: (step) => convolve(step, true, ''),
  _FusedConv2D: (step) => finishFused(step, (suffix) => convolve(step, false, suffix)),
  FusedConv2D: (step) => finishFused(step, (suffix) => convolve(step, false, suffix)),
  FusedDepthwiseConv2dNative: (step) => finishFused(step, (suffix) => convolve(step, true, suffix)),
  MatMul: (step) => dense(step, ''),
  _FusedMatMul: (step) => finishFused(step, (suffix) => dense(step, suffix)),

  SpaceToBatchND: (step) => {
    const image = step.computed(0, imageOrder)
    if (image.dilation) throw step.unsupported('lies inside of another one')
    const block = blockOf(step)
    const [top = 0, bottom = 0, left = 0, right = 0] = step.integers(2)
    const [batch = 1, height = 1, width = 1, channels = 1] = image.shape
    const shape = [
      batch * block[0] * block[1],
      (height + top + bottom) / block[0],
      (width + left + right) / block[1],
      channels,
    ]
    const paddings = [top, left, bottom, right] as const
    return { ...image, shape, dilation: { block, paddings, crop: null } }
  },

  BatchToSpaceND: (step) => {
    const image = step.computed(0)
    const block = blockOf(step)
    const [top = 0, bottom = 0, left = 0, right = 0] = step.integers(2)
    const { dilation } = image
    if (!dilation?.crop || dilation.block[0] !== block[0] || dilation.block[1] !== block[1])
      throw step.unsupported('does not close a SpaceToBatchND around one convolution')
    dilation.crop([top, left, bottom, right])
    const [batch = 1, height = 1, width = 1, channels = 1] = image.shape
    const shape = [
      batch / (block[0] * block[1]),
      height * block[0] - top - bottom,
      width * block[1] - left - right,
      channels,
    ]
    return { ...image, shape, dilation: undefined }
  },
}
