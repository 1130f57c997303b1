/** @file What a fine-tuned network's model.json says of its training, as far as others look at it. */
import { z } from 'zod'
import { selectionSchema } from '../../shared/contract/models.ts'
import { sizeSchema } from '../../shared/recipe.ts'
import type { ModelDescription } from './types.ts'

const frameSchema = z.object({ tape: z.int(), frame: z.int() })

const recordSchema = z
  .object({
    /** ISO 8601. */
    startedAt: z.string(),
    /** Whether it was found to be better than its base, or not compared. */
    adopted: z.boolean(),
    settings: z.object({ input: sizeSchema }),
    preset: z.string(),
    base: z.object({ id: z.string() }),
    labels: z.array(frameSchema),
    heldOut: z.array(frameSchema),
    selection: selectionSchema.nullable(),
    /** Of a network with the scene adapter: SHA-256 of the tapes whose median is its empty scene. */
    scene: z.object({ tapes: z.array(z.string()) }),
  })
  .partial()

export type TrainingRecord = z.output<typeof recordSchema>

/** Empty for networks that were not trained here; parts that nobody here has written are left out. */
export function trainingRecord({ training }: Pick<ModelDescription, 'training'>): TrainingRecord {
  return recordSchema.catch({}).parse(training ?? {})
}
