/** @file A network over pictures that belong to no project: a file, a folder, a tape. */
import { z } from 'zod'
import { sizeSchema } from '../recipe.ts'
import { lookSchema, segmentModes } from '../segment.ts'
import { handleSchema } from './projects.ts'

/** A network that can be named: the project's, the built-in one, those with published weights. */
export const namedNetworkSchema = z.object({
  id: z.string(),
  /** For people. */
  title: z.string(),
  origin: z.enum(['built-in', 'project', 'published']),
  classes: z.array(z.string()),
  /** Why it cannot be used now, and what to do about it; null = it can. */
  missing: z.object({ message: z.string(), hint: z.string() }).nullable(),
})

/** What a path holds that could be looked at. */
export const segmentInputSchema = z.object({
  kind: z.enum(['picture', 'folder', 'tape']),
  /** Pictures of a folder; 1 for a picture; null where a tape was not counted. */
  pictures: z.int().nullable(),
})

export const legendEntrySchema = z.object({
  index: z.int().min(0).max(255),
  name: z.string(),
  /** `#rrggbb` */
  colour: z.string(),
})

export const segmentedPictureSchema = z.object({
  /** Of the file that was looked at; of a tape its own. */
  name: z.string(),
  /** Absolute path of what was written: a picture, an mp4, or a folder of masks of a tape. */
  file: z.string(),
  /** Pixels of each class that is in it; of a tape over all frames. */
  classes: z.array(z.object({ index: z.int(), pixels: z.number() })),
})

export const segmentResultSchema = z.object({
  model: z.string(),
  device: z.string(),
  mode: z.enum(segmentModes),
  look: lookSchema,
  out: z.string(),
  /** Absolute path of the picture that explains the colours. */
  legendFile: z.string(),
  legend: z.array(legendEntrySchema),
  pictures: z.array(segmentedPictureSchema),
  /** Frames of a tape; 0 for pictures. */
  frames: z.int(),
  skipped: z.array(z.object({ file: z.string(), why: z.string() })),
  /** Of looking, without opening the network. */
  seconds: z.number(),
})

/** Everything but where it comes from and goes to. */
export const segmentChoiceSchema = z.strictObject({
  /** Id of a network of `segment.models`. */
  model: z.string(),
  mode: z.enum(segmentModes),
  look: lookSchema.prefault({}),
  /** Size of the network's input; by default near the picture's. */
  inputSize: sizeSchema.optional(),
  /** Names of the classes that are shown; all unless given. */
  only: z.array(z.string()).min(1).optional(),
  device: z.string().default('auto'),
})

const onJob = z.strictObject({ project: handleSchema, job: z.int() })

export const segmentMethods = {
  'segment.models': {
    args: z.strictObject({ project: handleSchema }),
    result: z.array(namedNetworkSchema),
  },
  /** Throws `no-such-file`; `bad-value` for a folder without pictures. */
  'segment.inspect': {
    args: z.strictObject({ project: handleSchema, input: z.string() }),
    result: segmentInputSchema,
  },
  /**
   * Looks at a picture, a folder of pictures or a tape and writes into the folder `out`, as a job
   * with progress. Throws `outside-roots`; what is wrong with network or input ends the job.
   */
  'segment.start': {
    args: segmentChoiceSchema.extend({
      project: handleSchema,
      input: z.string(),
      out: z.string(),
    }),
    result: z.object({ job: z.int() }),
  },
  /**
   * What came of a job; null while it is under way, where it failed, and after the program was
   * started anew. Its pictures: `byteAddress.segmented`.
   */
  'segment.result': { args: onJob, result: segmentResultSchema.nullable() },
} as const

export type NamedNetwork = z.output<typeof namedNetworkSchema>
export type SegmentInput = z.output<typeof segmentInputSchema>
export type LegendEntry = z.output<typeof legendEntrySchema>
export type SegmentedPicture = z.output<typeof segmentedPictureSchema>
export type SegmentResult = z.output<typeof segmentResultSchema>
export type SegmentChoice = z.output<typeof segmentChoiceSchema>
