/** @file A region of interest as the user draws it: a polygon in recipe pixels. */
import { z } from 'zod'

export const pointSchema = z.tuple([z.number().finite(), z.number().finite()])

export const regionSchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  /** An ignore region removes its pixels from every count region. */
  kind: z.enum(['count', 'ignore']).default('count'),
  /** Regions of one group count together: any of them occupied. */
  group: z.string().trim().min(1).nullable().default(null),
  colour: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/)
    .nullable()
    .default(null),
  /** Threshold of its own, in pixels of probability; null = the project's. */
  threshold: z.number().finite().min(0).nullable().default(null),
  points: z.array(pointSchema),
})

export const regionFileSchema = z.object({ rois: z.array(regionSchema) })

export type Point = z.infer<typeof pointSchema>
export type Region = z.infer<typeof regionSchema>
