/**
 * @file The files of the VGG Image Annotator: projects and annotations of VIA 1 and 2
 * (via-2.x.y/src/via.js of ox-vgg/via) and projects of VIA 3 (via-3.x.y/CodeDoc.md).
 */
import { z } from 'zod'

const record = <Value extends z.ZodType>(value: Value) => z.record(z.string(), value)

/** VIA 1 wrote lists as objects with the indices as keys. */
const listOrRecord = z
  .union([z.array(z.unknown()), record(z.unknown())])
  .transform((list) => Object.values(list))

export const regionSchema = z.object({
  shape_attributes: record(z.unknown()),
  region_attributes: record(z.unknown()).nullish(),
})

export const entrySchema = z.object({
  filename: z.string().min(1),
  size: z.unknown().optional(),
  regions: listOrRecord.nullish(),
  file_attributes: record(z.unknown()).nullish(),
})

export type Entry = z.infer<typeof entrySchema>

/** Entries are checked one by one, so that a broken one leaves the others. */
export const annotationsSchema = record(z.unknown())

const attributeSchema = z.object({
  type: z.string().optional(),
  options: record(z.unknown()).optional(),
})

export const projectSchema = z.object({
  _via_img_metadata: annotationsSchema,
  _via_attributes: z.object({ region: record(attributeSchema).optional() }).optional(),
  _via_settings: z
    .object({ core: z.object({ default_filepath: z.string().optional() }).optional() })
    .optional(),
})

const identifier = z.union([z.string(), z.number()]).transform(String)

export const attribute3Schema = z.object({
  aname: z.string(),
  type: z.number().optional(),
  options: record(z.unknown()).optional(),
})

export const file3Schema = z.object({
  fname: z.string(),
  type: z.number(),
  loc: z.number().optional(),
  src: z.string().optional(),
})

export const metadata3Schema = z.object({
  vid: identifier,
  z: z.array(z.unknown()).optional(),
  xy: z.array(z.number()),
  av: record(z.unknown()),
})

export const project3Schema = z.object({
  project: z.object({ vid_list: z.array(identifier).optional() }),
  attribute: record(attribute3Schema),
  file: record(file3Schema),
  view: record(z.object({ fid_list: z.array(identifier) })),
  metadata: record(z.unknown()),
})

export type Project3 = z.infer<typeof project3Schema>
