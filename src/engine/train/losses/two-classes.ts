/**
 * @file Losses of background and one class. A softmax of two depends on their difference alone, the
 * log odds of class 1; so it is taken at the network's resolution, and all that follows has one channel.
 */
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

function logOdds(build: GradientBuilder, logits: string): string {
  if (build.shape(logits)[1] === 1) return logits
  const channel = (start: number) => build.slice(logits, [{ axis: 1, start, end: start + 1 }])
  return build.sub(channel(1), channel(0))
}

/** What the labels say, all `[N,1,H,W]` of 0 and 1. */
function masksOf(build: GradientBuilder, labels: string) {
  const planes = labelPlanes(build, labels)
  const label = (value: number) => build.weight(tensorOf('int32', [], [value]), `label${value}`)
  const background = oneWhere(build, planes, label(0))
  const person = oneWhere(build, planes, label(1))
  return { background, person, counted: build.add(background, person) }
}

type Masks = ReturnType<typeof masksOf>

function pixelWeights(build: GradientBuilder, masks: Masks, weights: readonly number[] | null) {
  if (!weights) return masks.counted
  const [background = 1, person = 1] = weights
  return build.add(build.scale(masks.background, background), build.scale(masks.person, person))
}

/**
 * log(1 + e^x), as r + log(1 + e^(x - 2r)) with r = max(x, 0): nothing overflows, the derivative is
 * right at 0 too, where new layers start, and it takes a tenth of the time of ONNX Runtime's Softplus.
 */
function softplus(build: GradientBuilder, x: string): string {
  const above = build.unary('Relu', x)
  const small = build.unary('Exp', build.sub(x, build.scale(above, 2)))
  return build.add(above, build.unary('Log', build.add(small, build.scalar(1))))
}

/**
 * The smooth Dice loss of class 1 over the whole batch, 1 - (2 Σpt + 1) / (Σp + Σt + 1): with 1 it is
 * defined, and 0, for pictures without the class. p is the probability, t the label.
 */
function diceLoss(build: GradientBuilder, odds: string, { person, counted }: Masks): string {
  const probability = build.unary('Sigmoid', odds)
  const one = build.scalar(1)
  const both = total(build, build.mul(probability, person))
  const predicted = total(build, build.mul(probability, counted))
  const either = build.add(predicted, total(build, person))
  const score = build.div(build.add(build.scale(both, 2), one), build.add(either, one))
  return build.sub(one, score)
}

/** The losses of one or two channels of logits. */
export function twoClassLosses(source: LossSource): PixelLosses {
  const { build, logits, labels, classWeights } = source
  const odds = upsampled(build, logOdds(build, logits), labels)
  const masks = masksOf(build, labels)
  const weights = once(() => pixelWeights(build, masks, classWeights))
  // -log p = softplus(x), -log(1 - p) = softplus(-x), p the probability of the pixel's own label.
  const x = once(() => build.mul(build.sub(masks.background, masks.person), odds))
  const surprise = once(() => build.mul(weights(), softplus(build, x())))
  return {
    crossEntropy: () => weightedMean(build, total(build, surprise()), weights()),
    dice: () => diceLoss(build, odds, masks),
    focal: (gamma) => {
      const ease = softplus(build, build.neg(x()))
      const factor = build.unary('Exp', build.scale(ease, -gamma))
      return weightedMean(build, total(build, build.mul(factor, surprise())), weights())
    },
  }
}
