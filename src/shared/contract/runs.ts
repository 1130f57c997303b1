/** @file Runs: the network over a tape, and what came of it. */
import { z } from 'zod'
import { handleSchema } from './projects.ts'
import { failureSchema } from './training.ts'

export const runSchema = z.object({
  id: z.int(),
  tape: z.int(),
  model: z.object({ id: z.string(), name: z.string() }),
  device: z.string(),
  /** Frames of its list, and how many of them are stored, from the first. */
  frames: z.int(),
  done: z.int(),
  state: z.enum(['running', 'done', 'failed', 'cancelled', 'interrupted']),
  /** Whether it was made with the recipe and the network in use. */
  current: z.boolean(),
  /** Whether it was made with the recipe in use: its masks lie on the picture as it is shown. */
  samePicture: z.boolean(),
  createdAt: z.string(),
})

export const runPlanSchema = z.object({
  model: z.object({ id: z.string(), name: z.string() }),
  device: z.string(),
  /** Frames that are left to do. */
  frames: z.int(),
  done: z.int(),
  /** Why the run that it goes on with did not come to its end; null where it goes on with none. */
  stopped: z.enum(['failed', 'cancelled', 'interrupted']).nullable(),
  /** Frames a second by earlier runs here, else by a rough figure; and what that makes in seconds. */
  framesPerSecond: z.number(),
  seconds: z.number(),
  isMeasured: z.boolean(),
  /** Why it cannot be run now. */
  problem: failureSchema.nullable(),
})

const onTape = z.strictObject({ project: handleSchema, tape: z.int() })

export const runMethods = {
  /** The latest first. */
  'runs.list': { args: onTape, result: z.array(runSchema) },
  /** What `runs.start` would do. */
  'runs.plan': { args: onTape, result: runPlanSchema },
  /** The active network over the whole tape; goes on where it stopped. */
  'runs.start': { args: onTape, result: z.object({ job: z.int() }) },
} as const

export type Run = z.infer<typeof runSchema>
export type RunPlan = z.infer<typeof runPlanSchema>
