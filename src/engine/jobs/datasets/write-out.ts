/** @file Writes a set in a format, after saying what the format drops. */
import type { LongWork } from '../../../shared/progress.ts'
import type { AnnotatedSet } from '../../formats/annotated-set.ts'
import { droppedBy } from '../../formats/dropped.ts'
import { datasetFormats, type FormatName } from '../../formats/formats.ts'
import { featuresOf } from '../../formats/set-features.ts'
import { writeSet } from '../../formats/write-set.ts'

export interface OutOptions {
  format: FormatName
  /** Whether pictures go along; undefined = as the format is usually written. */
  pictures?: 'copy' | 'none' | undefined
  /** Called with what the format drops before anything is written. */
  onDropped?: ((dropped: readonly string[]) => void) | undefined
}

export interface SetOut {
  images: number
  files: number
  /** What the format cannot hold, in sentences. */
  dropped: string[]
}

/** @throws AppError what reading the set and `writeSet` can throw */
export async function writeOut(
  set: AnnotatedSet,
  target: string,
  { format, onDropped, ...given }: OutOptions,
  work: LongWork,
): Promise<SetOut> {
  const pictures = given.pictures ?? datasetFormats[format].pictures
  const counts = await featuresOf(set, work)
  const dropped = droppedBy(datasetFormats[format], counts, { pictures })
  onDropped?.(dropped)
  const written = await writeSet(set, target, { format, pictures }, work)
  return { ...written, dropped }
}
