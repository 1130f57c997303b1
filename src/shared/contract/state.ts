/** @file Everything small about an open project, in one answer. */
import { z } from 'zod'
import { maskClassSchema } from '../mask.ts'
import { recipeSchema } from '../recipe.ts'
import { regionSchema } from '../region.ts'
import { handleSchema } from './projects.ts'

export const tapeSchema = z.object({
  id: z.int(),
  path: z.string(),
  name: z.string(),
  frames: z.int().min(0),
  /** Of the decoded picture, in tape pixels. */
  width: z.int(),
  height: z.int(),
  /** Mean frames a second, and seconds from the first frame to the end of the last. */
  frameRate: z.number(),
  seconds: z.number(),
  /** Local wall-clock time of frame 0, where it is known. */
  startTime: z.string().nullable(),
  /** What a truncated or damaged tape lacks, or why it cannot be read now. */
  problem: z.string().nullable(),
  missing: z.boolean(),
})

export const regionStateSchema = regionSchema.extend({
  id: z.int(),
  /** Place in the order, from 0. */
  position: z.int(),
  locked: z.boolean(),
})

/** What is known of a frame; frames of which nothing is known are not listed. */
export const frameStateSchema = z.object({
  tape: z.int(),
  frame: z.int(),
  /** 'empty' = labelled, with nobody in it. */
  label: z.enum(['none', 'labelled', 'empty']),
  flagged: z.boolean(),
})

export const projectStateSchema = z.object({
  path: z.string(),
  name: z.string(),
  tapes: z.array(tapeSchema),
  /** Null until one is set. */
  recipe: z.object({ recipe: recipeSchema, geometryHash: z.string() }).nullable(),
  regions: z.array(regionStateSchema),
  classes: z.array(maskClassSchema),
  frames: z.array(frameStateSchema),
  /** The network that looks at frames; `problem` says why it cannot now, as when its folder is gone. */
  model: z.object({ id: z.string(), name: z.string(), problem: z.string().nullable() }),
  rule: z.object({ threshold: z.number(), cut: z.number() }).nullable(),
})

export const stateMethods = {
  'project.state': {
    args: z.strictObject({ project: handleSchema }),
    result: projectStateSchema,
  },
} as const

export type Tape = z.infer<typeof tapeSchema>
export type RegionState = z.infer<typeof regionStateSchema>
export type FrameState = z.infer<typeof frameStateSchema>
export type ProjectState = z.infer<typeof projectStateSchema>
