/** @file How the engine names a tape to a compute process; apart from what decodes it. */
import type { TapeIndex } from '../media/types.ts'

/** A tape; without its index when the compute process should know it. */
export interface TapeReference {
  /** Tells its bytes, its place and its way of decoding. */
  key: string
  index?: TapeIndex | undefined
}

/** What a task answers whose tape its process does not know: ask again, with the index. */
export const unknownTape = 'unknown tape'
