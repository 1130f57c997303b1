/** @file Fine-tuning: what a click would do, starting it, and how it goes. */
import { z } from 'zod'
import { sizeSchema } from '../recipe.ts'
import { trainSettingsSchema } from '../train-settings.ts'
import { selectionSchema } from './models.ts'
import { handleSchema } from './projects.ts'

const frameAt = z.object({ tape: z.int(), frame: z.int() })

/** What the user chose; what is left out is the preset's own. */
export const trainingChoiceSchema = z.strictObject({
  /** Of `presets`; absent = recommended. */
  preset: z.string().optional(),
  /** Id of the network to start from; absent = the one that the project was given first. */
  base: z.string().optional(),
  iterations: z.int().min(1).max(1_000_000).optional(),
  learningRate: z.number().positive().optional(),
  batch: z.int().min(1).max(1024).optional(),
  input: sizeSchema.optional(),
  holdOut: z.enum(['auto', 'none']).optional(),
  seed: z.int().min(0).optional(),
})

export const failureSchema = z.object({ code: z.string(), message: z.string(), hint: z.string() })

/** What a click on "Fine-tune" would do. */
export const trainingPlanSchema = z.object({
  base: z.object({ id: z.string(), name: z.string() }),
  preset: z.string(),
  settings: trainSettingsSchema,
  device: z.string(),
  labels: z.array(frameAt),
  /** Empty = nothing is held out, and the new network is adopted without a comparison. */
  heldOut: z.array(frameAt),
  /** Of both parts, from what steps took here before, or a rough figure. */
  seconds: z.number(),
  isMeasured: z.boolean(),
  warnings: z.array(z.string()),
})

export const trainingStepSchema = z.object({
  /** From 1. */
  iteration: z.int(),
  loss: z.number(),
  learningRate: z.number(),
  seconds: z.number(),
})

/** One pass of training: the trial without the held-out frames, or the one on all frames. */
export const trainingPartSchema = z.object({
  name: z.string(),
  /** In words for the user. */
  title: z.string(),
  iterations: z.int(),
  steps: z.array(trainingStepSchema),
  /** Person IoU 0 … 1 on the frame that is watched, after so many iterations. */
  looks: z.array(z.object({ iteration: z.int(), personIou: z.number() })),
})

/** A held-out frame and what the two networks made of it; person IoU 0 … 1, null = neither has people. */
export const heldOutFrameSchema = frameAt.extend({
  base: z.number().nullable(),
  new: z.number().nullable(),
})

export const trainingSchema = z.object({
  id: z.int(),
  /** Null where it was started by another program. */
  job: z.int().nullable(),
  state: z.enum(['running', 'done', 'failed', 'cancelled', 'interrupted']),
  /** Whether `training.resume` can go on with it. */
  resumable: z.boolean(),
  preset: z.string(),
  settings: trainSettingsSchema,
  base: z.object({ id: z.string(), name: z.string() }),
  model: z.string(),
  labels: z.array(frameAt),
  heldOut: z.array(heldOutFrameSchema),
  parts: z.array(trainingPartSchema),
  device: z.string().nullable(),
  /** Told after the first steps: seconds per step, memory in bytes. */
  forecast: z
    .object({ secondsPerStep: z.number(), seconds: z.number(), memoryBytes: z.number() })
    .nullable(),
  selection: selectionSchema.nullable(),
  /** Null until it is done. */
  adopted: z.boolean().nullable(),
  warnings: z.array(z.string()),
  error: failureSchema.nullable(),
  /**
   * The frame that the looks of the parts are at, and the person IoU of the base network there; null
   * where that is not known. Null as long as there are no looks.
   */
  watched: frameAt.extend({ base: z.number().nullable() }).nullable(),
  /** The held-out (or else a labelled) frame whose live prediction is shown, and how often it was. */
  preview: frameAt.extend({ version: z.int() }).nullable(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
})

const onProject = z.strictObject({ project: handleSchema })
const onChoice = onProject.extend({ choice: trainingChoiceSchema })

export const trainingMethods = {
  /** The presets that can be chosen, the recommended one first. */
  'training.presets': {
    args: onProject,
    result: z.array(z.object({ name: z.string(), title: z.string(), description: z.string() })),
  },
  /** Throws what stands in the way: `no-labels`, `one-class`, `tape-missing` … */
  'training.plan': { args: onChoice, result: trainingPlanSchema },
  /** Strokes are folded first, so that everything painted is learnt from. */
  'training.start': { args: onChoice, result: z.object({ job: z.int() }) },
  /** Goes on with the last training, which ends as it would have without the interruption. */
  'training.resume': { args: onProject, result: z.object({ job: z.int() }) },
  /** The trainings of the project, the latest first, with at most 500 steps each. */
  'training.list': { args: onProject, result: z.array(trainingSchema) },
} as const

export const trainingEvents = {
  /** About four times a second while it runs: the steps since the last event. */
  'training.steps': z.object({
    path: z.string(),
    training: z.int(),
    part: z.string(),
    steps: z.array(trainingStepSchema),
  }),
  /** A training was started, has ended or has something new besides steps: ask for the list. */
  'training.changed': z.object({ path: z.string() }),
} as const

export type TrainingChoice = z.infer<typeof trainingChoiceSchema>
export type TrainingPlan = z.infer<typeof trainingPlanSchema>
export type TrainingState = z.infer<typeof trainingSchema>
export type TrainingStep = z.infer<typeof trainingStepSchema>
