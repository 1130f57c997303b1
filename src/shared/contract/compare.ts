/** @file Networks beside each other: how good, how large, how fast. */
import { z } from 'zod'
import { sizeSchema } from '../recipe.ts'
import { handleSchema } from './projects.ts'

const share = z.number().min(0).max(1).nullable()

/** What masks say of a network. */
export const comparedAccuracySchema = z.object({
  /** Mean over the classes that occur (intersection over union). */
  meanIou: share,
  pixelAccuracy: share,
  /** In the order of the comparison's classes. */
  classIou: z.array(share),
  /** Pictures that were scored. */
  images: z.int(),
})

export const comparedNetworkSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** Null where the weights are missing or random. */
  accuracy: comparedAccuracySchema.nullable(),
  /** Why there is no accuracy and what to do, or which classes it does not know; null = nothing. */
  note: z.string().nullable(),
  /** Numbers that are learnt: weights, biases, normalisation. */
  parameters: z.int(),
  /**
   * Billions of multiply-adds for a picture of the size `input`, each counted once, as in torchvision's
   * tables; null where the graph cannot be followed.
   */
  gflops: z.number().nullable(),
  /** Size of the network's input in which it was counted and timed. */
  input: sizeSchema,
  /** From the picture's pixels to its mask, the median of several. */
  secondsPerImage: z.number(),
  /** Most memory that its process took, its own included. */
  peakBytes: z.number(),
  device: z.string(),
  /** Of the experiment that it came out of; null for others. */
  secondsPerEpoch: z.number().nullable(),
})

export const comparisonSchema = z.object({
  project: z.string(),
  /** Names of the image sets, and the part of them that was looked at; null = all. */
  sets: z.array(z.string()),
  split: z.string().nullable(),
  classes: z.array(z.object({ index: z.int(), name: z.string(), colour: z.string() })),
  networks: z.array(comparedNetworkSchema),
  /** Processor, and threads that a network ran with. */
  machine: z.object({ processor: z.string(), threads: z.int() }),
  /** ISO 8601. */
  comparedAt: z.string(),
})

export const compareChoiceSchema = z.strictObject({
  /** Ids as `segment.models` gives them; also those whose weights are missing. */
  models: z.array(z.string()).min(1).max(20),
  /** Id of an image set; all unless given. */
  set: z.int().optional(),
  split: z.string().optional(),
  input: sizeSchema.optional(),
  device: z.string().default('auto'),
})

const onJob = z.strictObject({ project: handleSchema, job: z.int() })

export const compareMethods = {
  /** As a job with progress. Throws `no-such-model`, `no-such-dataset`. */
  'compare.start': {
    args: compareChoiceSchema.extend({ project: handleSchema }),
    result: z.object({ job: z.int() }),
  },
  /** Null while it is under way, where it failed, and after the program was started anew. */
  'compare.result': { args: onJob, result: comparisonSchema.nullable() },
  /** Writes the comparison as a file: `.html`, `.md`, `.csv`, `.json` or `.svg` (the plot alone). */
  'compare.save': {
    args: onJob.extend({ path: z.string() }),
    result: z.object({ path: z.string() }),
  },
} as const

export type ComparedNetwork = z.output<typeof comparedNetworkSchema>
export type Comparison = z.output<typeof comparisonSchema>
export type CompareChoice = z.output<typeof compareChoiceSchema>
