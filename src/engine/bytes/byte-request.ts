/** @file What a request below /bytes/ is about: project, tape and frame, checked. */
import { AppError } from '../../shared/errors.ts'
import { getSource, type Source } from '../db/sources.ts'
import type { OpenProject } from '../workbench/open-project.ts'

/** A request about a tape of an open project. */
export interface TapeRequest {
  open: OpenProject
  source: Source
  query: URLSearchParams
  request: Request
}

export interface FrameRequest extends TapeRequest {
  frame: number
}

/** A whole number without sign, as an address writes it; -1 for anything else, which names nothing. */
export function numberIn(text: string): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : -1
}

/** @throws AppError `no-such-tape` */
export function sourceOf({ engine }: OpenProject, text: string): Source {
  return getSource(engine.project, numberIn(text))
}

/** @throws AppError `no-such-frame` */
export function frameOf({ id, frames }: Source, text: string): number {
  const frame = numberIn(text)
  if (frame >= 0 && frame < frames) return frame
  throw new AppError(
    'no-such-frame',
    `tape ${id} has no frame ${text.slice(0, 20)}`,
    `Its frames are 0 to ${frames - 1}.`,
  )
}

/**
 * One of the words that a parameter of an address may be.
 * @throws AppError `bad-value`
 */
export function wordIn<Word extends string>(
  query: URLSearchParams,
  name: string,
  words: readonly Word[],
): Word {
  const text = query.get(name)
  const word = words.find((each) => each === text)
  if (word !== undefined) return word
  throw new AppError(
    'bad-value',
    `${name}=${text?.slice(0, 40) ?? ''}: ${words.join(' or ')} expected`,
    'Reload the page.',
  )
}
