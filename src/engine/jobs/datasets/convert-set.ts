/** @file `convert`: from one format to another, without a project. */
import type { LongWork } from '../../../shared/progress.ts'
import type { SetProblem } from '../../formats/annotated-set.ts'
import type { FormatName } from '../../formats/formats.ts'
import { type OpenOptions, openSet } from '../../formats/open-set.ts'
import { type OutOptions, type SetOut, writeOut } from './write-out.ts'

export interface ConvertedSet extends SetOut {
  from: FormatName
  to: FormatName
  /** What could not be read, and is not in the result. */
  problems: SetProblem[]
}

/**
 * Reads a file, folder or zip and writes it as another folder or zip.
 * @throws AppError what opening, reading and writing can throw
 */
export async function convertSet(
  path: string,
  target: string,
  { read, write }: { read: OpenOptions; write: OutOptions },
  work: LongWork,
): Promise<ConvertedSet> {
  await using opened = await openSet(path, read, work)
  const problems = new Map<string, SetProblem>()
  const set = {
    ...opened.set,
    async *read(inner: LongWork) {
      for await (const image of opened.set.read(inner)) {
        if ('why' in image) problems.set(JSON.stringify(image), image)
        yield image
      }
    },
  }
  const written = await writeOut(set, target, write, work)
  return { from: opened.format, to: write.format, ...written, problems: [...problems.values()] }
}
