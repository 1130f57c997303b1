/** @file Networks of a project: the built-in one, those that were added, those that were fine-tuned. */
import { z } from 'zod'
import { handleSchema } from './projects.ts'

const frameAt = z.object({ tape: z.int(), frame: z.int() })

/** Two networks on the same held-out frames; person IoU 0 … 1. */
export const selectionSchema = z.object({
  base: z.object({ personIou: z.number(), loss: z.number() }),
  new: z.object({ personIou: z.number(), loss: z.number() }),
})

export const modelSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['built-in', 'added', 'fine-tuned']),
  active: z.boolean(),
  /** Why it cannot be used with the recipe in use or at all; null where it can. */
  problem: z.string().nullable(),
  bytes: z.int(),
  createdAt: z.string().nullable(),
  /** Of a fine-tuned one; null for others. */
  training: z
    .object({
      /** Null where another project trained it. */
      id: z.int().nullable(),
      base: z.string(),
      preset: z.string(),
      labels: z.array(frameAt),
      heldOut: z.array(frameAt),
      selection: selectionSchema.nullable(),
      adopted: z.boolean(),
    })
    .nullable(),
})

const onProject = z.strictObject({ project: handleSchema })
const onModel = onProject.extend({ model: z.string() })

export const modelMethods = {
  /** The built-in one first, then the latest first. */
  'models.list': { args: onProject, result: z.array(modelSchema) },
  /** Makes a network the one that looks at frames. Throws `no-such-model`, `other-geometry`. */
  'models.activate': { args: onModel, result: z.null() },
  'models.rename': { args: onModel.extend({ name: z.string().min(1).max(200) }), result: z.null() },
  /**
   * Moves a network of the project into the system's trash; runs made with it stay. Where it is the
   * active one, the network it was trained from takes its place, or the built-in one.
   * Throws `model-in-use` while a job works with it.
   */
  'models.trash': { args: onModel, result: z.null() },
  /** Writes the network as an `.onnx` file. */
  'models.export': { args: onModel.extend({ path: z.string() }), result: z.null() },
} as const

export type Model = z.infer<typeof modelSchema>
export type Selection = z.infer<typeof selectionSchema>
