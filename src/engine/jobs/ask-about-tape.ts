/** @file Asks the compute process about a tape whose index it may know already. */
import { AppError } from '../../shared/errors.ts'
import { type TapeReference, unknownTape } from '../compute/tape-reference.ts'
import { loadFrameIndex } from '../db/frame-indexes.ts'
import type { Project } from '../db/project.ts'
import type { Source } from '../db/sources.ts'
import { requireTape } from './tapes.ts'

/**
 * Asks without the index, which may be megabytes large, and again with it where that was not enough.
 * @throws AppError `tape-missing`, `tape-changed`, and what `ask` throws
 */
export async function askAboutTape<Answer>(
  project: Project,
  source: Source,
  ask: (tape: TapeReference) => Promise<Answer | typeof unknownTape>,
): Promise<Answer> {
  requireTape(source)
  const key = JSON.stringify([source.sha256, source.info])
  const answer = await ask({ key })
  if (answer !== unknownTape) return answer
  const second = await ask({ key, index: loadFrameIndex(project, source) })
  if (second !== unknownTape) return second
  throw new AppError('internal', `the compute process does not take the index of ${source.path}`)
}
