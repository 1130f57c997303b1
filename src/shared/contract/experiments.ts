/** @file Experiments: what there is, how each goes epoch by epoch, and the queue they wait in. */
import { z } from 'zod'
import { experimentSchema, experimentStates } from '../experiment.ts'
import { handleSchema } from './projects.ts'
import { failureSchema } from './training.ts'

/** A number of 0 … 1; null where there is nothing to divide by, as without such a pixel. */
const share = z.number().min(0).max(1).nullable()

/** One epoch, once it was validated. */
export const experimentEpochSchema = z.object({
  /** From 1, in its stage. */
  epoch: z.int(),
  /** From 1, over all stages: the place on the curve. */
  at: z.int(),
  /** Mean over the steps of the epoch. */
  trainLoss: z.number(),
  validationLoss: z.number(),
  /** Over all validation pixels that are not ignored, at the size of the network's input. */
  meanIou: share,
  meanDice: share,
  pixelAccuracy: share,
  /** In the order of the experiment's classes. */
  classIou: z.array(share),
  classDice: z.array(share),
  /** In the epoch's last step. */
  learningRate: z.number(),
  /** Of training, and of validation. */
  seconds: z.number(),
  validationSeconds: z.number(),
})

/** The epoch with the smallest validation loss, over all stages; of equal ones the first. */
export const bestEpochSchema = experimentEpochSchema.extend({ stage: z.int() })

export const experimentStageStateSchema = z.object({
  /** From 0. */
  stage: z.int(),
  name: z.string(),
  epochs: z.int(),
  /** `epoch` of the best of the stage, from which the next stage starts; null before the first. */
  best: z.int().nullable(),
  /** Those that are done, in order. */
  curve: z.array(experimentEpochSchema),
})

/** A network that the checkpoint rule kept; it is among the project's networks, too. */
export const experimentCheckpointSchema = z.object({
  model: z.string(),
  kind: z.enum(['best', 'last', 'every']),
  stage: z.int(),
  epoch: z.int(),
})

/** The experiment with one of its seeds. */
export const experimentRunSchema = z.object({
  seed: z.int(),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled', 'interrupted']),
  best: bestEpochSchema.nullable(),
  epochsDone: z.int(),
  epochs: z.int(),
  device: z.string().nullable(),
  /** Trained weights, biases and so on; null before it began. */
  parameters: z.int().nullable(),
  memoryBytes: z.number().nullable(),
  /** Mean of training alone, validation left out; null before the first epoch. */
  secondsPerEpoch: z.number().nullable(),
  checkpoints: z.array(experimentCheckpointSchema),
})

export const experimentSummarySchema = z.object({
  id: z.int(),
  name: z.string(),
  state: z.enum(experimentStates),
  /** Place in the queue, from 0; null where it is not in it. */
  position: z.int().nullable(),
  /** The job that works on it, or did so last; null where none did or another program does. */
  job: z.int().nullable(),
  settings: experimentSchema,
  /** Names of the classes in the order of the channels. Empty before the first run. */
  classes: z.array(z.string()),
  /** What its weights came from: an earlier experiment, a network, or null = random weights. */
  parent: z
    .object({ experiment: z.int().nullable(), model: z.string().nullable(), name: z.string() })
    .nullable(),
  /** One for each seed, in the settings' order. */
  runs: z.array(experimentRunSchema),
  /** Of the run whose best epoch has the smallest validation loss. */
  best: bestEpochSchema.extend({ seed: z.int() }).nullable(),
  warnings: z.array(z.string()),
  error: failureSchema.nullable(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
})

export const experimentWithCurvesSchema = experimentSummarySchema.extend({
  runs: z.array(experimentRunSchema.extend({ stages: z.array(experimentStageStateSchema) })),
})

/** What an experiment can be made of in this project. */
export const experimentChoicesSchema = z.object({
  architectures: z.array(
    /** Sides of the input must be multiples of `multiple`. */
    z.object({
      name: z.string(),
      title: z.string(),
      multiple: z.int(),
      hasAuxiliaryHead: z.boolean(),
    }),
  ),
  /** General networks of the project; those trained with a tape's recipe are left out. */
  models: z.array(z.object({ id: z.string(), name: z.string(), multiple: z.int() })),
  /** Finished ones, whose weights can be gone on from. */
  experiments: z.array(z.object({ id: z.int(), name: z.string() })),
  sets: z.array(
    z.object({
      id: z.int(),
      name: z.string(),
      images: z.int(),
      /** Parts of the set with how many pictures of them have a mask. */
      splits: z.array(z.object({ name: z.string(), annotated: z.int() })),
    }),
  ),
  classes: z.array(z.string()),
})

export const exportFormatSchema = z.enum(['csv', 'markdown', 'html', 'tensorboard'])

const onProject = z.strictObject({ project: handleSchema })
const onExperiment = onProject.extend({ experiment: z.int() })
const onSeveral = onProject.extend({ experiments: z.array(z.int()).min(1) })

export const experimentMethods = {
  'experiments.choices': { args: onProject, result: experimentChoicesSchema },
  'experiments.presets': {
    args: onProject,
    result: z.array(z.object({ name: z.string(), title: z.string(), description: z.string() })),
  },
  /** A preset's whole settings for this project, to be looked at and changed before `create`. */
  'experiments.draft': {
    args: onProject.extend({ preset: z.string() }),
    result: experimentSchema,
  },
  /** The latest first, without curves. */
  'experiments.list': { args: onProject, result: z.array(experimentSummarySchema) },
  /** With every epoch. Throws `no-such-experiment`. */
  'experiments.get': { args: onExperiment, result: experimentWithCurvesSchema },
  /**
   * Checks the settings against the project and stores them; `queue` puts it at the queue's end and
   * lets the queue run. Throws `no-labels` for a part without annotated pictures, `no-such-dataset`,
   * `no-such-model`, `no-such-experiment`, `bad-value`.
   */
  'experiments.create': {
    args: onProject.extend({ settings: experimentSchema, queue: z.boolean() }),
    result: z.object({ experiment: z.int() }),
  },
  /** Changes one that has not begun. Throws `experiment-under-way`. */
  'experiments.update': {
    args: onExperiment.extend({ settings: experimentSchema }),
    result: z.null(),
  },
  /** Puts experiments at the queue's end, in this order, and lets the queue run. */
  'experiments.queue': { args: onSeveral, result: z.null() },
  /** Lets the queue run, as after a restart, which leaves it standing. */
  'experiments.run': { args: onProject, result: z.null() },
  /** The queue in this order: the ids of all that wait in it. Throws `bad-value` for others. */
  'experiments.reorder': { args: onSeveral, result: z.null() },
  /** Takes one that waits out of the queue. */
  'experiments.unqueue': { args: onExperiment, result: z.null() },
  /** Stops the running one after a checkpoint, and the queue with it; or takes a waiting one out. */
  'experiments.cancel': { args: onExperiment, result: z.null() },
  /** Puts one that was stopped at the head of the queue and lets it run: it ends as it would have. */
  'experiments.resume': { args: onExperiment, result: z.null() },
  /** Removes one with its curves and checkpoints; kept networks stay where `keepModels` says so. */
  'experiments.remove': {
    args: onExperiment.extend({ keepModels: z.boolean() }),
    result: z.null(),
  },
  /** Writes a table, a report or event files. `path` is a file, for tensorboard a folder. */
  'experiments.export': {
    args: onSeveral.extend({ format: exportFormatSchema, path: z.string() }),
    result: z.null(),
  },
} as const

export const experimentEvents = {
  /** About four times a second while one runs: its last step. */
  'experiments.step': z.object({
    path: z.string(),
    experiment: z.int(),
    seed: z.int(),
    stage: z.int(),
    epoch: z.int(),
    /** Of the epoch, from 1, and of how many. */
    step: z.int(),
    steps: z.int(),
    loss: z.number(),
    learningRate: z.number(),
  }),
  'experiments.epoch': z.object({
    path: z.string(),
    experiment: z.int(),
    seed: z.int(),
    stage: z.int(),
    epoch: experimentEpochSchema,
  }),
  /** One was made, queued, started, ended or removed: ask for the list. */
  'experiments.changed': z.object({ path: z.string() }),
} as const

export type ExperimentEpoch = z.infer<typeof experimentEpochSchema>
export type ExperimentRun = z.infer<typeof experimentRunSchema>
export type ExperimentSummary = z.infer<typeof experimentSummarySchema>
export type ExperimentWithCurves = z.infer<typeof experimentWithCurvesSchema>
export type ExperimentChoices = z.infer<typeof experimentChoicesSchema>
export type ExperimentExportFormat = z.infer<typeof exportFormatSchema>
