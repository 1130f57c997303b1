/**
 * @file The gradient of a convolution's kernel, in the way that is fastest for its shape. ms of
 * ONNX Runtime 1.30 on one core (Zen 3, AVX2):
 *
 * | | padded taps | valid taps | one product | convolution |
 * |---|---|---|---|---|
 * | 512 → 512, 3x3, dilation 4, 64x64 | 258 | 247 | 260 | 407 |
 * | 2048 → 256, 3x3, dilation 36, 64x64 | 547 | 229 | 602 | 872 |
 * | 64 → 64, 3x3, 128x128 | 19 | 22 | 25 | 40 |
 * | 3 → 32, 3x3, stride 2, 240x320, batch 8 | 27 | 33 | 15 | |
 * | depthwise 384, 3x3, dilation 2, 30x40, batch 8 | 132 | | 54 | 59; in blocks 11 |
 */
import type { GradientBuilder } from '../graph/gradient-builder.ts'
import type { Shape } from '../graph/static-shape.ts'
import { type BatchOrder, batchOrder, channelProduct, inOrder } from './channel-products.ts'
import { convolve } from './input-gradient.ts'
import { afterOf, tapCuts, tapsOf, validCuts, validPart, type WindowAxis } from './window.ts'

/** A convolution: `x` `[N,I,…]`, the gradient `dy` `[N,O,…]` of its result. */
export interface KernelProblem {
  x: string
  dy: string
  /** `[O, I/group, …]` */
  kernel: Shape
  axes: readonly WindowAxis[]
  group: number
}

type Method = (build: GradientBuilder, problem: KernelProblem) => string

/** Zeros around x, so that every tap lies within it. */
function padded(build: GradientBuilder, x: string, axes: readonly WindowAxis[]): string {
  const before = [0, 0, ...axes.map((axis) => Math.max(0, axis.before))]
  const after = [0, 0, ...axes.map((axis) => Math.max(0, afterOf(axis)))]
  return build.pad(x, before, after)
}

const befores = (axes: readonly WindowAxis[]): number[] => axes.map(({ before }) => before)

/** One product of channels for each tap, `[O, I/group, taps]` in the end. */
function byTaps(
  { kernel }: KernelProblem,
  build: GradientBuilder,
  products: readonly string[],
): string {
  const [outputs = 1, inputs = 1] = kernel
  const columns = products.map((product) => build.reshape(product, [outputs, inputs, 1]))
  return build.reshape(build.concat(columns, 2), kernel)
}

function orderOf(build: GradientBuilder, { x, dy, group }: KernelProblem): BatchOrder {
  const [batch = 1, outputs = 1, ...sides] = build.shape(dy)
  const pixels = sides.reduce((a, b) => a * b, 1)
  return batchOrder({ batch, outputs, inputs: build.shape(x)[1] ?? 1, group, pixels })
}

/** For each tap what it reads of the padded x, times dy. */
const paddedTaps: Method = (build, problem) => {
  const { dy, axes, group } = problem
  const order = orderOf(build, problem)
  const x = inOrder(build, padded(build, problem.x, axes), order)
  const right = inOrder(build, dy, order)
  const products = tapsOf(axes).map((tap) => {
    const read = build.slice(x, tapCuts(axes, tap, befores(axes)))
    return channelProduct(build, [right, read], order, group)
  })
  return byTaps(problem, build, products)
}

/** For each tap only the part of x that is there, times the same part of dy: nothing is spent on padding. */
const validTaps: Method = (build, problem) => {
  const { axes, group, kernel } = problem
  const [outputs = 1, inputs = 1] = kernel
  const order = orderOf(build, problem)
  const [x, dy] = [inOrder(build, problem.x, order), inOrder(build, problem.dy, order)]
  const products = tapsOf(axes).map((tap) => {
    const { input, output, empty } = validCuts(axes, tap)
    if (empty) return build.expand(build.scalar(0), [outputs, inputs])
    const pair = [build.slice(dy, output), build.slice(x, input)] as const
    return channelProduct(build, pair, order, group)
  })
  return byTaps(problem, build, products)
}

/** All taps in one product, for images of a few channels, where a product by itself is too thin. */
const oneProduct: Method = (build, problem) => {
  const { dy, axes, kernel } = problem
  const order = orderOf(build, problem)
  const x = inOrder(build, padded(build, problem.x, axes), order)
  const reads = tapsOf(axes).map((tap) => build.slice(x, tapCuts(axes, tap, befores(axes))))
  const channels = order === 'channel-first' ? 0 : 1
  const product = channelProduct(
    build,
    [inOrder(build, dy, order), build.concat(reads, channels)],
    order,
    1,
  )
  const [outputs = 1, inputs = 1, ...sides] = kernel
  const apart = build.reshape(product, [outputs, reads.length, inputs])
  return build.reshape(build.transpose(apart, [0, 2, 1]), [outputs, inputs, ...sides])
}

/**
 * One convolution with a group for each channel of each sample: dy is the kernel, its stride the
 * dilation and the other way round.
 */
const byConvolution: Method = (build, { x, dy, kernel, axes }) => {
  const [batch = 1, channels = 1, ...sides] = build.shape(x)
  const planes = batch * channels
  const swapped = axes.map((axis) => ({
    ...axis,
    kernel: axis.output,
    output: axis.kernel,
    stride: axis.dilation,
    dilation: axis.stride,
  }))
  const correlated = convolve(
    build,
    build.reshape(x, [1, planes, ...sides]),
    build.reshape(dy, [planes, 1, ...build.shape(dy).slice(2)]),
    { axes: swapped, group: planes },
  )
  return build.reduceSum(build.reshape(correlated, [batch, ...kernel]), [0])
}

/** Below this part of useful work taps are cut to what is there (two more slices for each). */
const worthCutting = 0.9

/** Below so many channels a product per tap is slower than one over all taps. */
const fewChannels = 16

function methodOf(build: GradientBuilder, { x, kernel, axes, group }: KernelProblem): Method {
  const [outputs, inputs = 1, ...taps] = kernel
  if (group === build.shape(x)[1] && outputs === group) return byConvolution
  if (taps.every((side) => side === 1)) return paddedTaps
  if (group === 1 && inputs < fewChannels) return oneProduct
  return validPart(axes) < worthCutting ? validTaps : paddedTaps
}

/** The gradient of the kernel, in the kernel's shape `[O, I/group, …]`. */
export function kernelGradient(build: GradientBuilder, problem: KernelProblem): string {
  return methodOf(build, problem)(build, problem)
}
