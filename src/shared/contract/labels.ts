/** @file Labels. Their pixels travel as bytes, see ../byte-routes.ts. */
import { z } from 'zod'
import { maskClassSchema } from '../mask.ts'
import { handleSchema } from './projects.ts'

const onFrame = z.strictObject({ project: handleSchema, tape: z.int(), frame: z.int().min(0) })

export const labelMethods = {
  /** Throws `bad-value` where a class that masks use would go. */
  'classes.set': {
    args: z.strictObject({ project: handleSchema, classes: z.array(maskClassSchema) }),
    result: z.null(),
  },
  /** Folds the strokes of a frame into a version of its mask; `version` 0 = it has no label. */
  'labels.fold': { args: onFrame, result: z.object({ version: z.int() }) },
  /** Says that nobody is in a frame: a mask of background alone. */
  'labels.setEmpty': { args: onFrame, result: z.object({ version: z.int() }) },
  /** Takes the label off; its versions stay. */
  'labels.remove': { args: onFrame, result: z.null() },
  'labels.flag': { args: onFrame.extend({ flagged: z.boolean() }), result: z.null() },
  /** Frames worth painting next, the best first. It may take seconds and reports progress. */
  'labels.suggest': {
    args: z.strictObject({ project: handleSchema, count: z.int().min(1).max(50) }),
    result: z.array(z.object({ tape: z.int(), frame: z.int(), why: z.string() })),
  },
  /** Lets the active network look at a frame; its answer is then at the frame's prediction. */
  'labels.predict': { args: onFrame, result: z.object({ model: z.string() }) },
  'labels.import': {
    args: z.strictObject({ project: handleSchema, tape: z.int(), folder: z.string() }),
    result: z.object({ job: z.int() }),
  },
  'labels.export': {
    args: z.strictObject({ project: handleSchema, tape: z.int(), folder: z.string() }),
    result: z.object({ job: z.int() }),
  },
} as const
