/** @file Losses of three and more classes. */
import { tensorOf } from '../../onnx/tensor.ts'
import type { GradientBuilder } from '../graph/gradient-builder.ts'
import {
  type LossSource,
  labelPlanes,
  once,
  oneWhere,
  type PixelLosses,
  total,
  upsampled,
  weightedMean,
} from './pixel-losses.ts'

/** 1 in the channel of each pixel's label, `[N,C,H,W]`; nowhere for labels that are no class. */
function targetsOf({ build, labels, classes }: LossSource): string {
  const numbers = Array.from({ length: classes }, (_, i) => i)
  const channels = build.weight(tensorOf('int32', [1, classes, 1, 1], numbers), 'classes')
  return oneWhere(build, labelPlanes(build, labels), channels)
}

/** Weight of each pixel `[N,1,H,W]` by its label; 0 for labels that are no class. */
function pixelWeights({ build, labels, classes }: LossSource, weights: readonly number[] | null) {
  const planes = labelPlanes(build, labels)
  if (!weights) {
    const count = build.weight(tensorOf('int32', [], [classes]), 'count')
    return build.cast(build.compare('Less', planes, count), 'float32')
  }
  const ofLabel = Float32Array.from({ length: 256 }, (_, label) => weights[label] ?? 0)
  return build.node('Gather', [build.floats([256], ofLabel), planes], build.shape(planes))
}

/** The sum over the channels, `[N,1,H,W]`: a convolution takes a tenth of ReduceSum's time. */
function channelSum(build: GradientBuilder, value: string): string {
  const [batch = 1, channels = 1, ...sides] = build.shape(value)
  const ones = build.floats([1, channels, 1, 1], new Float32Array(channels).fill(1))
  return build.node('Conv', [value, ones], [batch, 1, ...sides])
}

/**
 * A softmax over the channels in parts: ONNX Runtime's own takes fifty times as long on any axis but
 * the last. What keeps the powers small is the largest score rounded to an integer: any number near
 * it does, and through an integer no gradient flows.
 */
function softmax(build: GradientBuilder, scores: string) {
  const largest = build.reduce('ReduceMax', scores, [1], true)
  const shift = build.cast(build.cast(largest, 'int32'), 'float32')
  const shifted = build.sub(scores, shift)
  const powers = build.unary('Exp', shifted)
  const sum = channelSum(build, powers)
  const probabilities = once(() => build.div(powers, sum))
  return { shifted, logOfSum: once(() => build.unary('Log', sum)), probabilities }
}

type Softmax = ReturnType<typeof softmax>

/** The sums of the channels `[C]`, rows first as in `total`. */
const perClass = (build: GradientBuilder, value: string) =>
  build.reduceSum(build.reduceSum(value, [3]), [0, 2])

/**
 * The mean over the classes of 1 - 2 Σpt / (Σp + Σt), 0 for those that no pixel has, over the whole
 * batch: DiceLoss('multiclass') of segmentation_models_pytorch without smoothing.
 */
function diceLoss(source: LossSource, { probabilities }: Softmax, targets: string): string {
  const { build, classes } = source
  const one = build.scalar(1)
  const counted = pixelWeights(source, null)
  const labelled = perClass(build, targets)
  const occurs = build.binary('Min', labelled, one)
  const both = perClass(build, build.mul(probabilities(), targets))
  const predicted = perClass(build, build.mul(probabilities(), counted))
  // The last term keeps the division defined for classes that do not count.
  const either = build.add(build.add(predicted, labelled), build.sub(one, occurs))
  const misses = build.sub(one, build.div(build.scale(both, 2), either))
  return build.div(total(build, build.mul(occurs, misses)), build.scalar(classes))
}

/** The losses of three or more channels of logits. */
export function manyClassLosses(source: LossSource): PixelLosses {
  const { build, logits, labels, classWeights } = source
  const softened = softmax(build, upsampled(build, logits, labels))
  const targets = targetsOf(source)
  const weights = once(() => pixelWeights(source, classWeights))
  const weighted = once(() => (classWeights ? build.mul(targets, weights()) : targets))
  return {
    // -log p = log Σe^z - z, summed apart: so the gradient needs no sum over the channels.
    crossEntropy: () => {
      const sums = total(build, build.mul(weights(), softened.logOfSum()))
      const scores = total(build, build.mul(weighted(), softened.shifted))
      return weightedMean(build, build.sub(sums, scores), weights())
    },
    dice: () => diceLoss(source, softened, targets),
    focal: (gamma) => {
      // Rounding may put a probability above 1, whose power would be no number.
      const wrong = build.unary('Relu', build.sub(build.scalar(1), softened.probabilities()))
      const surprise = build.mul(weighted(), build.sub(softened.logOfSum(), softened.shifted))
      const factor = gamma === 0 ? null : build.binary('Pow', wrong, build.scalar(gamma))
      const terms = factor ? build.mul(factor, surprise) : surprise
      return weightedMean(build, total(build, terms), weights())
    },
  }
}
