/** @file Losses of three and more classes. */
import { tensorOf } from '../../onnx/tensor.ts'
import type { GradientBuilder } from '../gradient-builder.ts'
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

/**
 * Probabilities and their logarithms over the channels. ONNX Runtime's Softmax and LogSoftmax take
 * fifty times as long on any axis but the last. What keeps the powers small is the largest score
 * rounded to an integer: any number near it does, and through an integer no gradient flows.
 */
function softmax(build: GradientBuilder, scores: string) {
  const largest = build.reduce('ReduceMax', scores, [1], true)
  const shift = build.cast(build.cast(largest, 'int32'), 'float32')
  const shifted = build.sub(scores, shift)
  const powers = build.unary('Exp', shifted)
  const sum = build.reduceSum(powers, [1], true)
  return {
    logs: once(() => build.sub(shifted, build.unary('Log', sum))),
    probabilities: once(() => build.div(powers, sum)),
  }
}

type Softmax = ReturnType<typeof softmax>

const perClass = (build: GradientBuilder, value: string) =>
  build.reduceSum(build.reduceSum(value, [2, 3]), [0])

/**
 * The mean over the classes of 1 - 2 Σpt / (Σp + Σt), 0 for those that no pixel has, over the whole
 * batch: DiceLoss('multiclass') of segmentation_models_pytorch without smoothing.
 */
function diceLoss(source: LossSource, { probabilities }: Softmax, targets: string): string {
  const { build, classes } = source
  const one = build.scalar(1)
  const counted = build.reduceSum(targets, [1], true)
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
  const { build, logits, labels, classes, classWeights } = source
  const scores = upsampled(build, logits, labels)
  const softened = softmax(build, scores)
  const targets = targetsOf(source)
  const weights = once(() => {
    if (!classWeights) return targets
    return build.mul(targets, build.floats([1, classes, 1, 1], classWeights))
  })
  const mean = (value: string) => weightedMean(build, build.neg(total(build, value)), weights())
  return {
    crossEntropy: () => mean(build.mul(weights(), softened.logs())),
    dice: () => diceLoss(source, softened, targets),
    focal: (gamma) => {
      // Rounding may put a probability above 1, whose power would be no number.
      const wrong = build.unary('Relu', build.sub(build.scalar(1), softened.probabilities()))
      const factor = gamma === 0 ? null : build.binary('Pow', wrong, build.scalar(gamma))
      const surprise = build.mul(weights(), softened.logs())
      return mean(factor ? build.mul(factor, surprise) : surprise)
    },
  }
}
