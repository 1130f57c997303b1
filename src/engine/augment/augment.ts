/** @file A sample through an augmentation pipeline. */
import type { AugmentationNode } from '../../shared/augmentation.ts'
import { randomFor } from '../train/samples/random.ts'
import { type Drawn, drawPipeline } from './draw.ts'
import { reduce } from './geometry/reduce.ts'
import type { Stage } from './geometry/stage.ts'
import { warp } from './geometry/warp.ts'
import { checkSample, type Sample } from './sample.ts'
import type { Step } from './step.ts'

/** What an augmented sample is made from: the same three give the same sample. */
export interface AugmentationDraw {
  /** Of the whole training. */
  seed: number
  epoch: number
  /** Number of the picture in its set. */
  image: number
}

export interface Augmented {
  sample: Sample
  /** The operations that were done, in order. */
  drawn: readonly Drawn[]
}

/** The sample itself, or where it still has the given one's arrays, one with its own. */
function owned(sample: Sample, given: Sample): Sample {
  if (sample.picture !== given.picture) return sample
  // Not slice(): a Buffer's shares its bytes.
  const { picture, mask } = given
  return { ...sample, picture: new Uint8Array(picture), mask: mask && new Uint8Array(mask) }
}

async function perform(given: Sample, steps: readonly Step[]): Promise<Sample> {
  let sample = given
  let moves: Stage[] = []
  const move = () => {
    sample = warp(sample, moves)
    moves = []
  }
  for (const step of steps) {
    if (step.does === 'move') {
      moves.push(step.stage)
      continue
    }
    move()
    if (step.does === 'reduce') sample = reduce(sample, step.to)
    else {
      sample = owned(sample, given)
      await step.paint(sample)
    }
  }
  move()
  return sample
}

/**
 * Augments a sample, which stays as it is; without a change the result has its arrays. The mask moves
 * with the picture, to the nearest pixel; changes of colours leave it alone.
 *
 * @throws AppError `mask-size-differs` or `bad-value` when picture and mask do not fit the size, or a
 * resize would give more pixels than fit the memory.
 */
export async function augment(
  sample: Sample,
  pipeline: AugmentationNode,
  { seed, epoch, image }: AugmentationDraw,
): Promise<Augmented> {
  checkSample(sample)
  const drawn = drawPipeline(pipeline, randomFor(seed, epoch, image).state, sample)
  const steps = drawn.flatMap((operation) => operation.steps)
  return { sample: await perform(sample, steps), drawn }
}
