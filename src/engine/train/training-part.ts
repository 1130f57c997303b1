/** @file The parts of a training: on the painted frames, then perhaps on labels of its own making. */
import type { TrainSettings } from '../../shared/train-settings.ts'
import { sampleMaker } from './samples/augment/augment.ts'
import { drawsFor } from './samples/draws.ts'
import { originalOf, type SampleOrder, samplesOf } from './samples/sample-order.ts'
import type { TrainingSample, TrainRequest } from './types.ts'

export interface TrainingPart {
  name: 'labels' | 'self-training'
  iterations: number
  /** Largest learning rates by group. */
  rates: Readonly<Record<'old' | 'new', number>>
  /** Augmented samples that are used again and again; 0 = each is used once. */
  bank: number
  /** Numbers of the samples of an iteration. */
  samples(iteration: number): number[]
  /** Which of the settings' scales an iteration is at. */
  scale(iteration: number): number
  /** The augmented sample of a number. */
  make(number: number): TrainingSample
}

/** The iterations of each part, which are fixed when a training begins. */
export function partIterations({ iterations, selfTraining }: TrainSettings): number[] {
  return [iterations, ...(selfTraining ? [selfTraining.iterations] : [])]
}

export interface PartSource {
  /** What is learnt from: painted frames, and in the second part those it has labelled itself. */
  frames: readonly TrainingSample[]
  background: Uint8Array | null
}

/** The first part (0) or the second one. */
export function trainingPart(
  part: number,
  iterations: number,
  { settings, size }: Pick<TrainRequest, 'settings' | 'size'>,
  { frames, background }: PartSource,
): TrainingPart {
  const { batch, scales, learningRate, selfTraining } = settings
  const own = part === 0 ? null : selfTraining
  const bank = own?.bank ?? settings.bank
  // Each part draws its own lots.
  const seed = (settings.seed ^ Math.imul(part, 0x9e3779b1)) >>> 0
  const order: SampleOrder = { seed, originals: frames.length, batch, bank }
  const make = sampleMaker({ frames, background, size }, settings.augmentation)
  return {
    name: own ? 'self-training' : 'labels',
    iterations,
    rates: {
      old: learningRate.old * (own?.rate.old ?? 1),
      new: learningRate.new * (own?.rate.new ?? 1),
    },
    bank,
    samples: (iteration) => samplesOf(iteration, order),
    scale: (iteration) => drawsFor(seed, 'scale', iteration).below(scales.length),
    make: (number) => make(originalOf(number, order), drawsFor(seed, 'sample', number)),
  }
}
