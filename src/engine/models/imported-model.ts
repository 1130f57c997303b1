import { basename, extname } from 'node:path'
import { z } from 'zod'

/** Any part of a description, before it is checked as a whole. */
export const partSchema = z.looseObject({
  id: z.string().optional(),
  input: z.record(z.string(), z.unknown()).optional(),
  output: z.looseObject({ name: z.string().optional() }).optional(),
  classes: z.array(z.string()).optional(),
})

export type DescriptionPart = z.infer<typeof partSchema>

/** A network of another origin: its file, and what could be found out about it. */
export interface ImportedModel {
  /** Not checked yet, as parts of it may be given. */
  description: { id: string; input: object; output: object }
  /** The bytes of model.onnx. */
  network: Uint8Array
}

/** A file's name as an id. */
export function idOf(file: string): string {
  const name = basename(file, extname(file)).toLowerCase()
  return name.replace(/[^a-z0-9._-]+/g, '-').replace(/^[^a-z0-9]+/, '') || 'network'
}
