/** @file What a fine-tuned network's model.json says of its training, as far as others look at it. */
import { z } from 'zod'
import { sizeSchema } from '../../shared/recipe.ts'
import type { ModelDescription } from './types.ts'

const recordSchema = z
  .object({
    /** ISO 8601. */
    startedAt: z.string(),
    /** Whether it was found to be better than its base, or not compared. */
    adopted: z.boolean(),
    settings: z.object({ input: sizeSchema }),
  })
  .partial()

export type TrainingRecord = z.output<typeof recordSchema>

/** Empty for networks that were not trained here; parts that nobody here has written are left out. */
export function trainingRecord({ training }: Pick<ModelDescription, 'training'>): TrainingRecord {
  return recordSchema.catch({}).parse(training ?? {})
}
