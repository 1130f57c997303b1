/** @file What is minimised: a scalar of a network's scores and the labels, written as nodes. */
import { AppError } from '../../shared/errors.ts'
import type { Graph } from '../onnx/graph.ts'
import { knownOf } from '../onnx/shapes.ts'
import { GradientBuilder } from './graph/gradient-builder.ts'
import { manyClassLosses } from './losses/many-classes.ts'
import type { LossSource, PixelLosses } from './losses/pixel-losses.ts'
import { twoClassLosses } from './losses/two-classes.ts'

export type LossKind = 'cross-entropy' | 'dice' | 'cross-entropy+dice' | 'focal'

export interface LossOptions {
  kind: LossKind
  /** Weight of a pixel by its label, for cross-entropy and focal; by default 1 for all. */
  classWeights?: readonly number[]
  /** Of the focal loss: how much less the pixels count that are right already. Default 2. */
  gamma?: number
}

type Recipe = (losses: PixelLosses, build: GradientBuilder, gamma: number) => string

const recipes: Readonly<Record<LossKind, Recipe>> = {
  'cross-entropy': (losses) => losses.crossEntropy(),
  dice: (losses) => losses.dice(),
  'cross-entropy+dice': (losses, build) => build.add(losses.crossEntropy(), losses.dice()),
  focal: (losses, _, gamma) => losses.focal(gamma),
}

/** Throws `bad-value` for weights and exponents that make no loss. */
function checkOptions({ classWeights, gamma = 2 }: LossOptions, classes: number): void {
  const count = Math.max(2, classes)
  if (classWeights && classWeights.length !== count)
    throw new AppError(
      'bad-value',
      `${classWeights.length} class weights for ${count} classes`,
      'Give one for every class.',
    )
  if (classWeights?.some((weight) => !(weight >= 0 && weight < Infinity)))
    throw new AppError('bad-value', `class weights must be 0 or more: ${classWeights.join(', ')}`)
  // Between 0 and 1 the derivative is infinite at pixels that are quite right.
  if (gamma !== 0 && !(gamma >= 1 && gamma < Infinity))
    throw new AppError('bad-value', `gamma is ${gamma}; 0 (cross-entropy) or 1 and more work`)
}

/**
 * Appends the loss of `logits` `[N,C,h,w]` against `labels` int32 `[N,H,W]` and returns the name of
 * the scalar. Both shapes must be fixed. Logits of another size are upsampled to H×W first,
 * bilinearly with half-pixel centres. One channel holds the log odds of class 1.
 *
 * Only the labels 0 … C-1 count, so 255 is ignored; without any such pixel loss and gradients are 0.
 *
 * - cross-entropy: as PyTorch's, the mean weighted by the pixels' class weights.
 * - dice: of class 1 where there are two classes, else the mean over the classes; each form in its file.
 * - focal: https://arxiv.org/abs/1708.02002, normalised like cross-entropy, which it is at gamma 0.
 *
 * Throws `bad-value` for options that make no loss, `internal` for other shapes.
 */
export function addLoss(
  graph: Graph,
  logits: string,
  labels: string,
  options: LossOptions,
): string {
  const [, classes = 0] = knownOf(graph, logits).shape
  const { shape } = knownOf(graph, labels)
  if (classes < 1 || shape.length !== 3)
    throw new AppError('internal', `no loss of '${logits}' against '${labels}' [${shape}]`)
  checkOptions(options, classes)
  const build = new GradientBuilder(graph, new Set(), new Set())
  build.startScope(`loss/${logits}`)
  const weights = options.classWeights ?? null
  const source: LossSource = { build, logits, labels, classes, classWeights: weights }
  const losses = classes > 2 ? manyClassLosses(source) : twoClassLosses(source)
  return recipes[options.kind](losses, build, options.gamma ?? 2)
}
