/**
 * @file Reviewing a run: its regions, what reviewers said, which frames are doubtful. Scores travel as
 * bytes, see ../byte-routes.ts; the page counts by itself with ../count/.
 */
import { z } from 'zod'
import { countRuleSchema } from '../count/rule.ts'
import { handleSchema } from './projects.ts'
import { runSchema } from './runs.ts'

/** A region that counts, with its scores in the run. */
export const scoredRegionSchema = z.object({
  id: z.int(),
  name: z.string(),
  colour: z.string().nullable(),
  group: z.string().nullable(),
  /** Of its own, in pixels of probability; null = the rule's. */
  threshold: z.number().nullable(),
  /** Scored from the run's probability maps: drawn or moved after the run. */
  approximate: z.boolean(),
  /** Answers from before it was moved; they are about another place, and left out. */
  outdated: z.int(),
})

export const answerSchema = z.object({
  region: z.int(),
  frame: z.int(),
  occupied: z.boolean(),
})

export const reviewSchema = z.object({
  run: runSchema,
  /** Frame list of the run as text, see ../frame-list.ts; positions count along it. */
  frameList: z.string(),
  /** Local wall-clock time of frame 0, where it is known. */
  startTime: z.string().nullable(),
  /** Times of day at which shifts begin. */
  shifts: z.array(z.string()),
  rule: countRuleSchema,
  regions: z.array(scoredRegionSchema),
  /** Everything that was answered on this tape about the regions as they lie now. */
  answers: z.array(answerSchema),
})

/** Why a frame is worth a look: each has a sentence in the page. */
export const doubtReasonSchema = z.enum(['threshold', 'flicker', 'difference'])

export const doubtSchema = z.object({
  region: z.int(),
  frame: z.int(),
  score: z.number(),
  why: doubtReasonSchema,
})

/** A stretch of frames whose answer is another one than in the run before. */
export const changeSchema = z.object({
  region: z.int(),
  /** First and last frame. */
  first: z.int(),
  last: z.int(),
  occupied: z.boolean(),
})

const onTape = z.strictObject({ project: handleSchema, tape: z.int() })
const onRun = z.strictObject({ project: handleSchema, run: z.int() })

export const reviewMethods = {
  /**
   * The run given, or the latest of the tape with the recipe in use, of the active network where it
   * has one. Null where nothing was run yet. Regions that were drawn or moved after the run are
   * scored from its maps first, which takes seconds for a long one and reports progress. Throws
   * `no-regions`, `no-maps`.
   */
  'review.open': {
    args: onTape.extend({ run: z.int().optional() }),
    result: reviewSchema.nullable(),
  },
  /** The most doubtful frames first, without those that were answered. */
  'review.doubts': {
    args: onRun.extend({ limit: z.int().min(1).max(5000) }),
    result: z.array(doubtSchema),
  },
  /**
   * Stores answers; null takes one back. A later answer takes the place of the one before. Pages hear
   * of it as a change of the part `answers`.
   */
  'review.answer': {
    args: onTape.extend({
      answers: z
        .array(answerSchema.extend({ occupied: z.boolean().nullable() }))
        .min(1)
        .max(100_000),
    }),
    result: z.null(),
  },
  /** Sets the project's rule; thresholds of single regions go by `regions`, null = the rule's. */
  'review.setRule': {
    args: z.strictObject({
      project: handleSchema,
      rule: countRuleSchema,
      regions: z.array(z.object({ id: z.int(), threshold: z.number().min(0).nullable() })),
    }),
    result: z.null(),
  },
  /** What flipped between two runs of one tape under the rule in use. Throws `no-such-run`. */
  'review.changes': {
    args: onRun.extend({ before: z.int() }),
    result: z.array(changeSchema),
  },
  /** Writes counts, events, flagged frames or the report to a file, as a job. */
  'review.export': {
    args: onRun.extend({
      format: z.enum(['csv', 'json', 'events', 'flagged', 'html']),
      path: z.string(),
      /** How people are shown in the report's pictures. */
      people: z.enum(['show', 'blur', 'none']).optional(),
    }),
    result: z.object({ job: z.int() }),
  },
} as const

export type Review = z.infer<typeof reviewSchema>
export type ReviewAnswer = z.infer<typeof answerSchema>
export type ScoredRegion = z.infer<typeof scoredRegionSchema>
export type Doubt = z.infer<typeof doubtSchema>
export type Change = z.infer<typeof changeSchema>
