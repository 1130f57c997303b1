/** @file Tapes, the recipe and the regions of an open project. */
import { z } from 'zod'
import { recipeSchema } from '../recipe.ts'
import { regionSchema } from '../region.ts'
import { handleSchema } from './projects.ts'
import { regionStateSchema } from './state.ts'

const onTape = { project: handleSchema, tape: z.int() }
const job = z.object({ job: z.int() })

/** What setting a recipe would do to what is there. */
export const recipeEffectSchema = z.object({
  /** Masks and regions that are mapped from their originals. */
  masks: z.int(),
  regions: z.int(),
  /** Runs whose counts are of the old geometry, and networks that were trained in it. */
  runs: z.int(),
  models: z.int(),
  /** Sentences for the user. */
  warnings: z.array(z.string()),
})

export const tapeMethods = {
  /** Reads a tape once, as a job; it is in the project when the job is done. */
  'tapes.add': { args: z.strictObject({ project: handleSchema, path: z.string() }), result: job },
  /** The same tape at another place. Throws `tape-changed` for another file. */
  'tapes.relink': { args: z.strictObject({ ...onTape, path: z.string() }), result: job },
  'tapes.setStartTime': {
    args: z.strictObject({ ...onTape, startTime: z.string().nullable() }),
    result: z.null(),
  },
  /** The lens circle that a tape's frames show, as a recipe to start from. Throws `no-lens-found`. */
  'recipe.guess': { args: z.strictObject(onTape), result: recipeSchema },
  'recipe.effect': {
    args: z.strictObject({ project: handleSchema, recipe: recipeSchema }),
    result: recipeEffectSchema,
  },
  /** Throws `bad-recipe` in words that name the field. */
  'recipe.set': {
    args: z.strictObject({ project: handleSchema, recipe: recipeSchema }),
    result: z.object({ geometryHash: z.string() }),
  },
  /**
   * Puts the regions in the place of those that are there: with an id the region of it is changed
   * (or brought back, where it was deleted), without one a region is made, those left out are
   * deleted. Returns all. Throws `bad-region`.
   */
  'regions.set': {
    args: z.strictObject({
      project: handleSchema,
      regions: z.array(
        regionSchema.extend({ id: z.int().optional(), locked: z.boolean().default(false) }),
      ),
    }),
    result: z.array(regionStateSchema),
  },
  /** Sum and state of each region in a frame of the latest run; null for a region without a score. */
  'regions.scores': {
    args: z.strictObject({ ...onTape, frame: z.int() }),
    result: z.array(
      z.object({
        region: z.int(),
        sum: z.number().nullable(),
        threshold: z.number(),
        occupied: z.boolean().nullable(),
      }),
    ),
  },
} as const

export type RecipeEffect = z.infer<typeof recipeEffectSchema>
