/** @file The note that our own mask files carry in a PNG text chunk, and how it is read back. */
import { z } from 'zod'
import type { MaskClass } from '../../shared/mask.ts'
import { parseJson } from './json.ts'

/** Keyword of the tEXt chunk. */
export const markerKeyword = 'maskbench-mask'

const markerSchema = z.object({
  version: z.literal(1),
  /** What the indices meant in the project that wrote the file. */
  classes: z.array(z.object({ index: z.int().min(0).max(254), name: z.string() })),
  /** Geometry hash of the recipe whose pixels these are; null for tape pixels. */
  geometry: z.string().nullable(),
})

export type MaskMarker = z.infer<typeof markerSchema>

/** The marker as text; tEXt holds Latin-1, so that everything beyond ASCII is escaped. */
export function formatMarker(classes: readonly MaskClass[], geometry: string | null): string {
  const marker: MaskMarker = {
    version: 1,
    classes: classes.map(({ index, name }) => ({ index, name })),
    geometry,
  }
  return JSON.stringify(marker).replace(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** The marker among a file's texts, null where there is none. Throws when it cannot be understood. */
export function readMarker(texts: ReadonlyMap<string, string>, name: string): MaskMarker | null {
  const text = texts.get(markerKeyword)
  return text === undefined ? null : parseJson(text, `the marker in ${name}`, markerSchema)
}
