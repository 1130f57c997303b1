/** @file All that defines a training once a preset is resolved; the same settings, data and seed give the same network. */
import { z } from 'zod'
import { sizeSchema } from './recipe.ts'

const share = z.number().min(0).max(1)
const rate = z.number().positive()
/** More than this only destroys a network. */
const learningRate = rate.max(10)
const range = z.tuple([z.number().positive(), z.number().positive()])

/** Changes of a sample while training. Zero, null, or false = not changed. Filled by the presets. */
export const augmentationSchema = z.strictObject({
  /** Mirrored from left to right, half of the samples. */
  flip: z.boolean().default(false),
  /** Largest rotation to either side, in degrees; 180 about the image centre suits a fisheye tape. */
  rotation: z.number().min(0).max(180).default(0),
  /** Least and largest magnification. */
  scale: range.nullable().default(null),
  /** Largest shift to either side, as a share of width and height. */
  shift: z.strictObject({ x: share, y: share }).nullable().default(null),
  /** Smallest share of the sides that a random crop keeps (it is enlarged to the whole size). */
  crop: share.nullable().default(null),
  /** value = (value - grey) · (1 ± contrast) + grey, before the other two. */
  contrast: share.default(0),
  /** Offset of all channels, ± this share of the whole range. */
  brightness: share.default(0),
  /** Offset of each channel by itself, ± this share of the whole range. */
  colour: share.default(0),
  /** Largest standard deviation of a Gaussian blur, in pixels. */
  blur: z.number().min(0).default(0),
  /** Largest standard deviation of noise, as a share of the whole range. */
  noise: share.default(0),
  /** People of another labelled frame pasted on, on this share of the samples. */
  paste: z
    .strictObject({
      share,
      scale: range,
      shift: z.strictObject({ x: share, y: share }),
      /** Share of the pastes with soft edges. */
      soft: share,
      /** Share of the samples on which what moved and is nobody is pasted, as background. */
      things: share.default(0),
    })
    .nullable()
    .default(null),
  /** Share of the samples that are the empty background before people are pasted. */
  emptyShare: share.default(0),
})

export const optimiserSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('sgd'),
    momentum: share.default(0.9),
    nesterov: z.boolean().default(false),
    weightDecay: z.number().min(0).default(0),
  }),
  z.strictObject({
    kind: z.enum(['adam', 'adamw']),
    beta1: share.default(0.9),
    beta2: share.default(0.999),
    epsilon: rate.default(1e-8),
    weightDecay: z.number().min(0).default(0),
  }),
])

export const scheduleSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant') }),
  z.strictObject({ kind: z.literal('cosine') }),
  z.strictObject({ kind: z.literal('poly'), power: z.number().positive().default(0.9) }),
  z.strictObject({
    kind: z.literal('step'),
    /** Iterations between two steps, and what the rate is multiplied with. */
    every: z.int().min(1),
    factor: z.number().positive(),
  }),
  z.strictObject({ kind: z.literal('one-cycle'), rise: share.default(0.3) }),
])

export const lossSchema = z.strictObject({
  kind: z.enum(['cross-entropy', 'dice', 'cross-entropy+dice', 'focal']),
  /** 'auto' = computed from the labels. */
  classWeights: z.enum(['none', 'auto']).default('none'),
  /** How often a pixel counts in the cross-entropy that is of another class than the first. */
  foreground: z.number().positive().default(1),
  /** Of the focal loss. */
  gamma: z.number().min(0).default(2),
})

export const selfTrainingSchema = z.strictObject({
  iterations: z.int().min(1),
  /** Learning rates relative to those of the first part, by group. */
  rate: z.strictObject({ old: rate, new: rate }),
  /** What is predicted below and above these becomes a label, the rest is ignored. */
  below: share,
  above: share,
  /** Augmented samples made once, as `bank`. */
  bank: z.int().min(0),
})

/** What computes gradients: ONNX Runtime, or TensorFlow.js as a second opinion. */
export const trainingBackends = ['onnx', 'tfjs'] as const

export const trainSettingsSchema = z.strictObject({
  /** Name of the preset these came from, for the record. */
  preset: z.string(),
  /** What is trained: the last layer, all, what follows the middle features, or what follows a layer. */
  scope: z.union([z.enum(['head', 'all', 'middle']), z.string().min(1)]),
  /** Whether the scene adapter is added; needs named low and middle features and background frames. */
  adapter: z.boolean(),
  /** Whether kernels of depthwise convolutions stay as they are. */
  freezeDepthwise: z.boolean().default(false),
  /** Last layer: rows copied from the classes of the base, or drawn at random. */
  head: z.enum(['copy', 'random']).default('copy'),
  iterations: z.int().min(1),
  /** Samples of one iteration, and the parts in which they are computed (1 = all at once). */
  batch: z.int().min(1),
  accumulate: z.int().min(1).default(1),
  optimiser: optimiserSchema,
  /** Largest rates of the base network's layers, and of layers that start anew. */
  learningRate: z.strictObject({ old: learningRate, new: learningRate }),
  schedule: scheduleSchema,
  /** Iterations in which the rate rises linearly. */
  warmUp: z.int().min(0).default(0),
  loss: lossSchema,
  /** Weight of the loss of an auxiliary head where the network has one; 0 = left out. */
  auxiliary: z.number().min(0).default(0.4),
  batchNorm: z.enum(['frozen', 'batch']).default('frozen'),
  augmentation: augmentationSchema,
  /** Augmented samples that are made once and used again and again; 0 = anew for each iteration. */
  bank: z.int().min(0),
  /** Largest norm of all gradients together; null = not clipped. */
  clip: z.number().positive().nullable().default(null),
  /** Sizes of the input relative to `input`, one of them for each iteration. */
  scales: z.array(z.number().positive()).min(1).default([1]),
  selfTraining: selfTrainingSchema.nullable().default(null),
  /** Size of the network's input. */
  input: sizeSchema,
  seed: z.int().min(0).max(0xffffffff),
  backend: z.enum(trainingBackends).default('onnx'),
  /** A device's name, or 'auto'. */
  device: z.string().default('auto'),
  /** Processor threads; null = one per core. */
  threads: z.int().min(1).nullable().default(null),
})

export type TrainingBackend = (typeof trainingBackends)[number]
export type Augmentation = z.infer<typeof augmentationSchema>
export type OptimiserSettings = z.infer<typeof optimiserSchema>
export type ScheduleSettings = z.infer<typeof scheduleSchema>
export type LossSettings = z.infer<typeof lossSchema>
export type TrainSettings = z.infer<typeof trainSettingsSchema>
