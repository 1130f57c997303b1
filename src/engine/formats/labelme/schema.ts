/**
 * @file Labelme's JSON files, one a picture: what labelme/_label_file.py of wkentaro/labelme writes, and
 * what its versions since 3 have written.
 */
import { z } from 'zod'

const number = z.number()

/** What Labelme calls flags: names that are ticked, or not. */
const flags = z.record(z.string(), z.unknown()).nullish()

/** The file; its shapes are checked one by one, so that a broken one leaves the others. */
export const labelFileSchema = z.object({
  imagePath: z.string().nullish(),
  imageData: z.string().nullish(),
  imageHeight: z.int().positive().nullish(),
  imageWidth: z.int().positive().nullish(),
  flags,
  shapes: z.array(z.unknown()),
})

export type LabelFile = z.infer<typeof labelFileSchema>

export const shapeSchema = z.object({
  label: z.string().min(1),
  points: z.array(z.tuple([number, number])).min(1),
  /** Absent in old files, where everything is a polygon. */
  shape_type: z.string().nullish(),
  group_id: z.union([z.number(), z.string()]).nullish(),
  description: z.string().nullish(),
  flags,
  /** PNG in base64, of the pixels from the first of the points on. */
  mask: z.string().nullish(),
})

export type LabelShape = z.infer<typeof shapeSchema>

/** What labelme2voc takes for pixels that count for nothing. */
export const ignoreLabel = '__ignore__'
export const backgroundLabel = '_background_'

/** The shape as it is written, with the keys and the order of Labelme's own. */
export interface WrittenShape {
  label: string
  points: readonly (readonly [number, number])[]
  group_id: number | null
  description: string
  shape_type: 'polygon' | 'rectangle' | 'mask'
  flags: Record<string, never>
  mask: string | null
}
