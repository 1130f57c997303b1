/** @file Long work that outlives the page: what is under way and how it ended. */
import { z } from 'zod'
import { handleSchema } from './projects.ts'

export const jobProgressSchema = z.object({
  stage: z.string(),
  done: z.number(),
  total: z.number(),
  unit: z.string(),
  rate: z.number(),
  etaSeconds: z.number(),
})

export const jobSchema = z.object({
  id: z.int(),
  kind: z.string(),
  /** What it does, in words for the user. */
  title: z.string(),
  state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled', 'interrupted']),
  progress: jobProgressSchema.nullable(),
  error: z.object({ code: z.string(), message: z.string(), hint: z.string() }).nullable(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  /** Whether the user has put it away. */
  dismissed: z.boolean(),
})

const onJob = z.strictObject({ project: handleSchema, job: z.int() })

export const jobMethods = {
  /** The latest first. */
  'jobs.list': { args: z.strictObject({ project: handleSchema }), result: z.array(jobSchema) },
  'jobs.cancel': { args: onJob, result: z.null() },
  'jobs.dismiss': { args: onJob, result: z.null() },
} as const

export const jobEvents = {
  'jobs.changed': z.object({ path: z.string() }),
  'job.progress': z.object({ path: z.string(), job: z.int(), progress: jobProgressSchema }),
} as const

export type Job = z.infer<typeof jobSchema>
