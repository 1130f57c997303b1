/** @file Looks through a set as an import would, without storing anything. */
import { throwIfCancelled } from '../../../shared/errors.ts'
import { type LongWork, progressMeter } from '../../../shared/progress.ts'
import type { FormatName } from '../../formats/formats.ts'
import { type OpenOptions, openSet } from '../../formats/open-set.ts'
import { maskOfImage } from '../../formats/shapes/compose.ts'
import { type SetSummary, SummaryCounter } from './summary.ts'
import { uniqueImages } from './unique-images.ts'

/**
 * What importing a set would take.
 * @throws AppError what opening and reading it can throw
 */
export async function surveySet(
  path: string,
  options: OpenOptions,
  work: LongWork,
): Promise<SetSummary & { format: FormatName }> {
  await using opened = await openSet(path, options, work)
  const { set, format } = opened
  const counter = new SummaryCounter()
  const progress = progressMeter('read', set.count, 'images', work.onProgress)
  let seen = 0
  for await (const image of uniqueImages(set, format, { signal: work.signal })) {
    throwIfCancelled(work.signal, 'reading the set')
    if ('why' in image) counter.problems.push(image)
    else counter.add(image.annotated ? maskOfImage(image) : null)
    progress(++seen)
  }
  return { format, ...counter.summary(set.classes) }
}
