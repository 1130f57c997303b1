/** @file The latest picture of the camera, for a page that waits for it. */
import { packLivePicture } from '../../shared/live-picture.ts'
import type { OpenProject } from '../workbench/open-project.ts'
import { bytesAnswer, emptyAnswer } from './answers.ts'
import { numberIn } from './byte-request.ts'

/** How long a page waits before it asks again. */
const waitMs = 2000

export async function answerLivePicture({
  open,
  query,
  request,
}: {
  open: OpenProject
  query: URLSearchParams
  request: Request
}): Promise<Response> {
  const after = numberIn(query.get('after') ?? '0')
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(waitMs)])
  const picture = await open.live.nextPicture(after, signal)
  return picture ? bytesAnswer(packLivePicture(picture), 'raw') : emptyAnswer()
}
