/**
 * @file An experiment as data: what is learnt from, by which network, how, and how often. The same
 * data, pictures and seed give the same networks.
 */
import { z } from 'zod'
import { augmentationSchema } from './augmentation.ts'
import { canonicalJson, sizeSchema } from './recipe.ts'
import { lossSchema, optimiserSchema, scheduleSchema } from './train-settings.ts'

const seed = z.int().min(0).max(0xffffffff)
/** More than this only destroys a network. */
const learningRate = z.number().positive().max(10)

/** Which pictures are learnt from, and which the networks are judged by. */
export const experimentDataSchema = z.strictObject({
  /** Ids of image sets of the project; empty = all of them. */
  sets: z.array(z.int()).default([]),
  /** Names of the parts of the sets, as `dataset split` gives them. */
  train: z.string().min(1).default('train'),
  validation: z.string().min(1).default('val'),
  /** Names of classes in the order of the network's channels; null = all of the project. */
  classes: z.array(z.string()).min(2).max(255).nullable().default(null),
  /** What pixels of other classes become: the first class, or 255, which nothing looks at. */
  others: z.enum(['background', 'ignore']).default('background'),
})

/** What is trained, and the weights it starts from. */
export const experimentNetworkSchema = z.discriminatedUnion('kind', [
  /** Layers of the zoo, with random weights. */
  z.strictObject({ kind: z.literal('architecture'), architecture: z.string().min(1) }),
  /**
   * A network of the project with its weights. Of its last layer the rows of classes with the same
   * name are kept, or all drawn at random.
   */
  z.strictObject({
    kind: z.literal('model'),
    model: z.string().min(1),
    head: z.enum(['copy', 'random']).default('copy'),
  }),
  /** What an earlier experiment came to, which is the parent then: of its best seed. */
  z.strictObject({
    kind: z.literal('experiment'),
    experiment: z.int(),
    weights: z.enum(['best', 'last']).default('best'),
  }),
])

/** Layers that learn at another rate than the rest. Of several that fit, the first one counts. */
export const layerGroupSchema = z.strictObject({
  /** The last layer, or the beginnings of names of layers, such as `classifier`. */
  layers: z.union([z.literal('head'), z.array(z.string().min(1)).min(1)]),
  parameters: z.enum(['all', 'weights', 'biases']).default('all'),
  /** Times the learning rate. */
  rate: z.number().positive().max(1000),
  /** Null = the optimiser's. */
  weightDecay: z.number().min(0).nullable().default(null),
})

/** Several sizes of the input. */
export const multiScaleSchema = z.strictObject({
  /** Relative to `input`. */
  scales: z.array(z.number().min(0.1).max(4)).min(1).max(8),
  /** One of them is drawn for each step, or each step takes the mean of all of them. */
  each: z.enum(['drawn', 'all']).default('drawn'),
})

/** One stage of the plan. A later one starts from the best weights of the one before. */
export const experimentStageSchema = z.strictObject({
  name: z.string().min(1).max(60),
  epochs: z.int().min(1).max(100_000),
  /** What is trained: the last layer, all, what follows the middle features, or what follows a layer. */
  scope: z.union([z.enum(['head', 'all', 'middle']), z.string().min(1)]).default('all'),
  /** The largest of the stage. */
  learningRate,
  /** Over the steps of the stage. */
  schedule: scheduleSchema.default({ kind: 'constant' }),
  /** Steps in which the rate rises linearly. */
  warmUp: z.int().min(0).default(0),
})

/** Which networks are kept besides what resuming needs; the best is that of the smallest validation loss. */
export const checkpointRuleSchema = z.strictObject({
  best: z.boolean().default(true),
  last: z.boolean().default(false),
  /** Every so many epochs of a stage; null = none. */
  every: z.int().min(1).nullable().default(null),
})

export const experimentSchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  /** Name of the preset it came from, for the record; null = none. */
  preset: z.string().nullable().default(null),
  data: experimentDataSchema.prefault({}),
  network: experimentNetworkSchema,
  /** Size of the network's input, for training and for validation. */
  input: sizeSchema,
  /** How a picture of another size becomes the input, after augmentation. */
  fit: z.enum(['stretch', 'contain', 'cover']).default('stretch'),
  /** Of the training pictures; null = none. */
  augmentation: augmentationSchema.nullable().default(null),
  loss: lossSchema,
  /** Weight of the loss of an auxiliary head where the network has one; 0 = left out. */
  auxiliary: z.number().min(0).default(0),
  optimiser: optimiserSchema,
  /** Largest norm of all gradients together; null = not clipped. */
  clip: z.number().positive().nullable().default(null),
  layerGroups: z.array(layerGroupSchema).max(20).default([]),
  multiScale: multiScaleSchema.nullable().default(null),
  /** Running statistics, or those of the batch, which move the running ones. */
  batchNorm: z.enum(['frozen', 'batch']),
  batch: z.int().min(1).max(1024),
  /** Null = every training picture once. */
  stepsPerEpoch: z.int().min(1).max(1_000_000).nullable().default(null),
  stages: z.array(experimentStageSchema).min(1).max(20),
  /** Each seed is a run of its own: other start weights, order and augmentation. */
  seeds: z.array(seed).min(1).max(20).default([0]),
  checkpoints: checkpointRuleSchema.prefault({}),
})

/** The states of an experiment; one that was interrupted, failed or was cancelled can go on. */
export const experimentStates = [
  'draft',
  'queued',
  'running',
  'done',
  'failed',
  'cancelled',
  'interrupted',
] as const

export type ExperimentState = (typeof experimentStates)[number]
export type ExperimentSettings = z.output<typeof experimentSchema>
/** With what may be left out left out. */
export type ExperimentInput = z.input<typeof experimentSchema>
export type ExperimentNetwork = ExperimentSettings['network']
export type ExperimentStage = z.output<typeof experimentStageSchema>
export type LayerGroup = z.output<typeof layerGroupSchema>
export type CheckpointRule = z.output<typeof checkpointRuleSchema>

/** Setting by setting as text: `optimiser.kind` → `sgd`; a list of plain values is one setting. */
export function flatSettings(settings: ExperimentSettings): Map<string, string> {
  const found = new Map<string, string>()
  const visit = (path: string, value: unknown): void => {
    const isNested = typeof value === 'object' && value !== null
    const isPlainList = Array.isArray(value) && value.every((one) => typeof one !== 'object')
    if (path === 'augmentation' || !isNested || isPlainList)
      found.set(path, typeof value === 'string' ? value : canonicalJson(value))
    else
      for (const [key, inner] of Object.entries(value))
        visit(path === '' ? key : `${path}.${key}`, inner)
  }
  visit('', settings)
  return found
}

/** A setting in which experiments differ. */
export interface DifferingSetting {
  /** Such as `stages.0.learningRate`. */
  setting: string
  /** In the order of the experiments; null where an experiment has no such setting. */
  values: (string | null)[]
}

/** The settings in which experiments differ, but for their names and the preset's. */
export function differingSettings(experiments: readonly ExperimentSettings[]): DifferingSetting[] {
  const all = experiments.map(flatSettings)
  const names = [...new Set(all.flatMap((one) => [...one.keys()]))]
  return names
    .filter((setting) => setting !== 'name' && setting !== 'preset')
    .map((setting) => ({ setting, values: all.map((one) => one.get(setting) ?? null) }))
    .filter(({ values }) => new Set(values).size > 1)
}
