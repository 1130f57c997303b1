/**
 * @file What is in COCO's files (https://cocodataset.org/#format-data), as far as it is read. Lists are
 * taken as they are and their entries checked one by one, so that a wrong one does not spoil the rest.
 */
import { z } from 'zod'

/** COCO numbers everything; some tools use texts. */
const idSchema = z.union([z.number(), z.string()])
export type Id = z.infer<typeof idSchema>

export const fileSchema = z.looseObject({
  images: z.array(z.unknown()),
  annotations: z.array(z.unknown()).default([]),
  categories: z.array(z.unknown()),
})

export const categorySchema = z.object({
  id: idSchema,
  name: z.string().trim().min(1),
  supercategory: z.string().nullish(),
  /** Of panoptic files, and of ours: red, green, blue. */
  color: z.array(z.int().min(0).max(255)).length(3).optional().catch(undefined),
})
export type Category = z.infer<typeof categorySchema>

export const imageSchema = z.object({
  id: idSchema,
  file_name: z.string().min(1),
  width: z.int().min(1).optional(),
  height: z.int().min(1).optional(),
})
export type Image = z.infer<typeof imageSchema>

/** Enough to know whose it is. */
export const ownerSchema = z.object({ image_id: idSchema })

export const annotationSchema = z.object({
  id: idSchema.optional(),
  category_id: idSchema,
  /** Polygons or run lengths. */
  segmentation: z.unknown(),
  bbox: z.union([z.tuple([z.number(), z.number(), z.number(), z.number()]), z.tuple([])]).nullish(),
  iscrowd: z.union([z.literal(0), z.literal(1), z.boolean()]).nullish(),
  /** CVAT writes the number of a track there. */
  attributes: z
    .looseObject({ track_id: z.int().optional().catch(undefined) })
    .optional()
    .catch(undefined),
})
export type Annotation = z.infer<typeof annotationSchema>

export const polygonsSchema = z.array(
  z
    .array(z.number())
    .min(6)
    .refine((numbers) => numbers.length % 2 === 0, 'expected pairs of x and y'),
)

export const runsSchema = z.object({
  /** Height and width. */
  size: z.tuple([z.int(), z.int()]),
  counts: z.union([z.string(), z.array(z.number())]),
})
