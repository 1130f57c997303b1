/** @file Labels of a network's own making: what it is sure of in frames that nobody has painted. */
import { availableParallelism } from 'node:os'
import { throwIfCancelled } from '../../../shared/errors.ts'
import type { LongWork } from '../../../shared/progress.ts'
import type { Size } from '../../../shared/recipe.ts'
import type { TrainSettings } from '../../../shared/train-settings.ts'
import { openNetwork } from '../../infer/network.ts'
import { pixelProbability } from '../pixel-probability.ts'
import { ignoredLabel } from '../types.ts'

export interface SelfLabelOptions {
  /** Folder of the network. */
  modelFolder: string
  /** `[height, width, 3]` of the recipe each. */
  pictures: readonly Uint8Array[]
  size: Size
  settings: TrainSettings
  /** What counts as sure. */
  rule: NonNullable<TrainSettings['selfTraining']>
  /** Number of the network's classes; the first one is the background. */
  classes: number
}

/**
 * `[height, width]` class indices for each picture: a class more probable than `rule.above`, the
 * background where it is so improbable that there is anything else as `rule.below`, else 255.
 */
export async function selfLabels(options: SelfLabelOptions, work: LongWork): Promise<Uint8Array[]> {
  const { modelFolder, pictures, size, settings, rule, classes } = options
  const { input, device, threads } = settings
  const network = { modelFolder, size, input, device, threads: threads ?? availableParallelism() }
  await using open = await openNetwork(network)
  const probabilities = Array.from({ length: classes }, (_, channel) =>
    pixelProbability({ ...open.shape, person: [channel] }, open.cover, size),
  )
  const all: Uint8Array[] = []
  for (const picture of pictures) {
    throwIfCancelled(work.signal, 'training')
    const answer = await open.run(picture)
    const labels = new Uint8Array(size.width * size.height).fill(ignoredLabel)
    for (const [label, probability] of probabilities.entries()) {
      const least = label === 0 ? 1 - rule.below : rule.above
      for (const [at, value] of probability(answer).entries()) if (value > least) labels[at] = label
    }
    all.push(labels)
  }
  return all
}
