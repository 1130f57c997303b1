/** @file Chooses how the person probability is computed from what the network answers with. */
import { sigmoidProbability, summedProbability } from './direct-probability.ts'
import type { OutputShape } from './network-output.ts'
import type { BlockProbability } from './picture-block.ts'
import { progressiveSoftmax } from './progressive-softmax.ts'

/** The person probability of blocks of pixels, for one kind of network. */
export function personProbability(shape: OutputShape): BlockProbability {
  if (shape.kind === 'probabilities') return summedProbability(shape)
  return shape.channels === 1 ? sigmoidProbability(shape) : progressiveSoftmax(shape)
}
