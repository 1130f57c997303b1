/** @file What the losses of two and of many classes have in common. */
import { intTensor } from '../../onnx/tensor.ts'
import type { GradientBuilder } from '../graph/gradient-builder.ts'

export interface LossSource {
  build: GradientBuilder
  /** `[N,C,h,w]` */
  logits: string
  /** int32 `[N,H,W]` */
  labels: string
  classes: number
  /** By label; null = all alike. */
  classWeights: readonly number[] | null
}

/** Each writes its nodes and returns a scalar; what they share is written once. */
export interface PixelLosses {
  crossEntropy(): string
  dice(): string
  focal(gamma: number): string
}

/** Bilinear interpolation of `[N,C,h,w]` to the labels' `[N,H,W]`, half-pixel centres. */
export function upsampled(build: GradientBuilder, value: string, labels: string): string {
  const [batch = 1, channels = 1, ...from] = build.shape(value)
  const [, ...to] = build.shape(labels)
  if (from[0] === to[0] && from[1] === to[1]) return value
  const shape = [batch, channels, ...to]
  const sizes = build.weight(intTensor(shape), 'sizes')
  return build.node('Resize', [value, '', '', sizes], shape, {
    mode: { string: 'linear' },
    coordinate_transformation_mode: { string: 'half_pixel' },
  })
}

/** float32: 1 where the labels `[N,1,H,W]` are equal to `classes` (int32, broadcast), else 0. */
export function oneWhere(build: GradientBuilder, labels: string, classes: string): string {
  return build.cast(build.compare('Equal', labels, classes), 'float32')
}

/** The labels as `[N,1,H,W]`. */
export function labelPlanes(build: GradientBuilder, labels: string): string {
  const [batch = 1, ...sides] = build.shape(labels)
  return build.reshape(labels, [batch, 1, ...sides])
}

/**
 * The sum of all elements, as a scalar. Rows first: ONNX Runtime adds up in float32 one after the
 * other, and of a million numbers that are alike it loses the third digit.
 */
export function total(build: GradientBuilder, value: string): string {
  const axes = build.shape(value).map((_, axis) => axis)
  const last = axes.length - 1
  const rows = axes.length > 1 ? build.reduceSum(value, [last]) : value
  return build.reduceSum(rows, axes.slice(0, Math.max(1, last)))
}

/** A weighted mean that is 0, and has no gradient, where the weights' sum is 0. */
export function weightedMean(build: GradientBuilder, sum: string, weights: string): string {
  return build.div(sum, build.binary('Max', total(build, weights), build.scalar(1e-12)))
}

/** `write`, run at the first call only. */
export function once(write: () => string): () => string {
  let name: string | undefined
  return () => {
    name ??= write()
    return name
  }
}
