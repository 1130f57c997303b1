/** @file Whether the camera of a tape still stands where it stood when the regions were drawn. */
import { z } from 'zod'
import { recipeSchema } from '../recipe.ts'
import { handleSchema } from './projects.ts'

const onTape = z.strictObject({ project: handleSchema, tape: z.int() })

/** The movement from the earlier tape to this one, about the centre of the tape's picture. */
export const cameraMoveSchema = z.object({
  /** Tape pixels to the right and down. */
  shift: z.object({ x: z.number(), y: z.number() }),
  /** Degrees clockwise. */
  rotation: z.number(),
  /** More than 1 = things are larger now. */
  zoom: z.number(),
})

export const cameraCheckSchema = z.object({
  /** The earlier tape, and the project that it is in where that is another one. */
  earlier: z.object({ name: z.string(), project: z.string().nullable() }),
  /** 'unclear' = the two empty scenes do not look alike enough to tell. */
  verdict: z.enum(['same', 'moved', 'unclear']),
  move: cameraMoveSchema,
  /** How far a corner of the picture has moved at most, in tape pixels. */
  pixels: z.number(),
  /** How alike the scenes are once moved back, -1 … 1. */
  agreement: z.number(),
  /** The recipe that shows what the old one showed; null where none is needed or none helps. */
  proposal: recipeSchema.nullable(),
  /** Degrees that no recipe without a lens can turn back. */
  rotationLeft: z.number(),
  /** Why the proposal cannot be taken in this project; null where it can. */
  obstacle: z.string().nullable(),
  /** Whether the user has said what to do about it already. */
  settled: z.boolean(),
})

export const cameraMethods = {
  /**
   * Compares a tape's empty scene with that of the first tape of this camera: in the project, or in
   * the one that it was made like. Null where there is no earlier one, or it cannot be read. Takes
   * seconds; the answer is kept. Both scenes are then at the tape's `camera` address.
   */
  'camera.check': { args: onTape, result: cameraCheckSchema.nullable() },
  /**
   * Takes the proposal: regions keep their place in the picture, and networks that were trained with
   * the old recipe go with the new one. Throws `camera-fixed` where masks or runs are there already.
   */
  'camera.correct': { args: onTape, result: z.null() },
  /** The user has seen that it moved and leaves everything as it is. */
  'camera.keep': { args: onTape, result: z.null() },
} as const

export type CameraCheck = z.infer<typeof cameraCheckSchema>
