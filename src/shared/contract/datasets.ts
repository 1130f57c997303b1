/** @file Sets of pictures with masks of any number of classes: taken in, looked through, given out. */
import { z } from 'zod'
import { oddities } from '../oddities.ts'
import { handleSchema } from './projects.ts'

const problemSchema = z.object({ file: z.string(), why: z.string() })

/** A format that sets are read and written in. */
export const datasetFormatSchema = z.object({
  /** As commands name it: `coco`. */
  format: z.string(),
  /** For people: `COCO`. */
  title: z.string(),
  /** Whether the pictures go along where the user does not say. */
  pictures: z.enum(['copy', 'none']),
})

/** What a set would bring, before anything of it is taken. */
export const datasetSummarySchema = z.object({
  format: z.string(),
  title: z.string(),
  images: z.int().min(0),
  /** Pictures that somebody has annotated. */
  masks: z.int().min(0),
  classes: z.array(z.object({ name: z.string(), pixels: z.int().min(0), images: z.int().min(0) })),
  /** The first of them; `problemCount` = all. */
  problems: z.array(problemSchema),
  problemCount: z.int().min(0),
})

export const datasetSchema = z.object({
  id: z.int(),
  name: z.string(),
  format: z.string(),
  title: z.string(),
  /** Where it was imported from. */
  path: z.string(),
  images: z.int().min(0),
  annotated: z.int().min(0),
  /** Pictures that were painted in since it was imported. */
  painted: z.int().min(0),
  importedAt: z.string(),
  /** Names of its parts, as `train`. */
  splits: z.array(z.string()),
  problems: z.array(problemSchema),
  problemCount: z.int().min(0),
})

/** Which pictures of a set are looked for; what is absent does not matter. */
export const imageFilterSchema = z.strictObject({
  /** A part of the name, large or small letters. */
  name: z.string().optional(),
  /** Class that has pixels in the mask. */
  class: z.int().min(0).max(255).optional(),
  /** Null = those that belong to no part. */
  split: z.string().nullable().optional(),
  annotated: z.boolean().optional(),
  /** Only pictures whose mask, or file, is worth a look. */
  odd: z.boolean().optional(),
})

export const datasetImageSchema = z.object({
  position: z.int().min(0),
  name: z.string(),
  width: z.int(),
  height: z.int(),
  split: z.string().nullable(),
  scene: z.string().nullable(),
  annotated: z.boolean(),
  /** Of the mask; changes with it. 0 = there is none. */
  version: z.int().min(0),
  hasPicture: z.boolean(),
  /** Pixels of each class in the mask, the background and 255 included. */
  classes: z.array(z.object({ index: z.int(), pixels: z.int() })),
  odd: z.array(z.enum(oddities)),
})

const countedClassSchema = z.object({
  index: z.int(),
  pixels: z.int().min(0),
  images: z.int().min(0),
})

export const splitResultSchema = z.array(
  z.object({
    name: z.string(),
    images: z.int().min(0),
    /** In how many of its pictures each class is, and with how many pixels. */
    classes: z.array(countedClassSchema),
  }),
)

export const datasetStatsSchema = z.object({
  images: z.int(),
  annotated: z.int(),
  classes: z.array(countedClassSchema),
  /** Pixels that are neither learnt from nor scored. */
  ignored: z.int().min(0),
  /** Sizes of pictures, the commonest first. */
  sizes: z.array(z.object({ width: z.int(), height: z.int(), images: z.int() })),
  /** Pictures by the share of them that is not background: ten steps of a tenth. */
  coverage: z.array(z.int().min(0)),
  splits: splitResultSchema,
  odd: z.array(z.object({ why: z.enum(oddities), images: z.int() })),
  /** Positions of pictures whose files are the same, byte by byte. */
  duplicates: z.array(z.array(z.int())),
})

/** One side of a comparison: masks of a set as they are now, or as they were imported. */
export const maskSideSchema = z.strictObject({
  set: z.int(),
  masks: z.enum(['now', 'imported']),
})

/** What masks are compared with: others, or what the active network makes of the pictures. */
export const predictionSideSchema = z.union([maskSideSchema, z.literal('network')])

export const confusionSchema = z.object({
  /** Of rows and columns. */
  classes: z.array(z.int()),
  /** Rows are truth, columns prediction. */
  counts: z.array(z.array(z.number())),
  byTruth: z.array(z.array(z.number().nullable())),
  byPrediction: z.array(z.array(z.number().nullable())),
  /** Pairs of masks that were compared. */
  images: z.int(),
  /** Pictures of the truth that nothing could be compared with, the first of them. */
  left: z.array(problemSchema),
  leftCount: z.int(),
  pixelAccuracy: z.number().nullable(),
  /** Mean over the classes that occur (intersection over union). */
  meanIou: z.number().nullable(),
  /** Of each class, in the order of `classes`. */
  ious: z.array(z.number().nullable()),
})

const onSet = { project: handleSchema, set: z.int() }
const source = {
  project: handleSchema,
  /** Absolute path of a file, a folder or a zip. */
  path: z.string(),
  format: z.string().default('auto'),
  /** Folder of the pictures where they do not lie beside the annotations. */
  images: z.string().optional(),
  /** What grey values or colours mean: `128=car`. */
  map: z.array(z.string()).optional(),
}
const compared = { project: handleSchema, truth: maskSideSchema, prediction: predictionSideSchema }
const job = z.object({ job: z.int() })

export const datasetMethods = {
  'datasets.formats': { args: z.strictObject({}), result: z.array(datasetFormatSchema) },
  /** Reads a set without taking anything of it; reports progress. Throws `bad-dataset`. */
  'datasets.inspect': { args: z.strictObject(source), result: datasetSummarySchema },
  /** All of it or nothing; it is in the list when the job is done. */
  'datasets.import': { args: z.strictObject(source), result: job },
  'datasets.list': {
    args: z.strictObject({ project: handleSchema }),
    result: z.array(datasetSchema),
  },
  /** Positions of the pictures that fit; the first time it looks through masks, with progress. */
  'datasets.find': {
    args: z.strictObject({ ...onSet, filter: imageFilterSchema }),
    result: z.object({ positions: z.array(z.int()) }),
  },
  /** What is known of some pictures, in the order of the positions; those not there are left out. */
  'datasets.images': {
    args: z.strictObject({ ...onSet, positions: z.array(z.int().min(0)).max(500) }),
    result: z.array(datasetImageSchema),
  },
  /**
   * Takes an import back: the set, its masks, and the classes that came with it and nothing else uses.
   * Throws `labels-changed` where it was painted in since, unless `painted` may go as well.
   */
  'datasets.undo': {
    args: z.strictObject({ ...onSet, painted: z.boolean().default(false) }),
    result: z.null(),
  },
  /** Parts the set by a ratio such as `9:1` or `8:1:1`, and stores it. */
  'datasets.split': {
    args: z.strictObject({
      ...onSet,
      ratio: z.string(),
      seed: z.int().min(0),
      /** Pictures of one scene stay together. */
      byScene: z.boolean().default(false),
    }),
    result: splitResultSchema,
  },
  /** Folds the strokes of a picture into a version of its mask; `version` 0 = it has none. */
  'datasets.fold': {
    args: z.strictObject({ ...onSet, position: z.int().min(0) }),
    result: z.object({ version: z.int() }),
  },
  /** Looks through all masks, with progress. */
  'datasets.stats': { args: z.strictObject(onSet), result: datasetStatsSchema },
  /** Sentences that name what a format would drop of the set; empty = nothing. */
  'datasets.dropped': {
    args: z.strictObject({ ...onSet, format: z.string(), pictures: z.enum(['copy', 'none']) }),
    result: z.array(z.string()),
  },
  /** Into a folder that does not exist yet or is empty, or a file that ends in `.zip`. */
  'datasets.export': {
    args: z.strictObject({
      ...onSet,
      format: z.string(),
      path: z.string(),
      pictures: z.enum(['copy', 'none']),
    }),
    result: job,
  },
  /** Pixels by what they are and what they were taken for; pictures of two sets pair by name. */
  'datasets.confusion': { args: z.strictObject(compared), result: confusionSchema },
  /** The pictures of the truth behind a cell of it, most pixels first. */
  'datasets.confused': {
    args: z.strictObject({ ...compared, cell: z.tuple([z.int(), z.int()]) }),
    result: z.array(z.object({ position: z.int(), pixels: z.int() })),
  },
} as const

export type DatasetFormat = z.infer<typeof datasetFormatSchema>
export type DatasetSummary = z.infer<typeof datasetSummarySchema>
export type Dataset = z.infer<typeof datasetSchema>
export type DatasetImage = z.infer<typeof datasetImageSchema>
export type DatasetStats = z.infer<typeof datasetStatsSchema>
export type ImageFilter = z.infer<typeof imageFilterSchema>
export type SplitResult = z.infer<typeof splitResultSchema>
export type MaskSide = z.infer<typeof maskSideSchema>
export type PredictionSide = z.infer<typeof predictionSideSchema>
export type Confusion = z.infer<typeof confusionSchema>
