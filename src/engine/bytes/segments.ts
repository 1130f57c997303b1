/** @file Pictures that a job of `segment.start` has looked at, and what it has written for them. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { segmentResults } from '../handlers/segment.ts'
import { shownPicture } from '../image-sets/picture-file.ts'
import type { OpenProject } from '../workbench/open-project.ts'
import type { Roots } from '../workbench/roots.ts'
import { bytesAnswer } from './answers.ts'
import { numberIn, wordIn } from './byte-request.ts'

export interface SegmentRequest {
  open: OpenProject
  roots: Roots
  job: string
  /** Place in the result's list of pictures. */
  place: string
  query: URLSearchParams
}

/**
 * `?of=result`: what was written; `?of=picture`: what was looked at.
 * @throws AppError `no-such-file` for what is not known, and for tapes; `outside-roots`
 */
export async function answerSegment(wanted: SegmentRequest): Promise<Response> {
  const { open, roots, job, place, query } = wanted
  const of = wordIn(query, 'of', ['result', 'picture'])
  const result = segmentResults.get(open, numberIn(job))
  const picture = result?.pictures[numberIn(place)]
  if (!result || !picture || result.frames > 0)
    throw new AppError(
      'no-such-file',
      `job ${job.slice(0, 20)} has no picture ${place.slice(0, 20)}`,
      'Look at the pictures again.',
    )
  if (of === 'result') return shown(roots.require(picture.file))
  const isFolder = (await stat(result.input).catch(() => null))?.isDirectory() ?? false
  return shown(roots.require(isFolder ? join(result.input, picture.name) : result.input))
}

async function shown(file: string): Promise<Response> {
  const { bytes, type } = await shownPicture(file)
  return bytesAnswer(bytes, type)
}
