/** @file When the frames of a tape were taken. */
import { frameSeconds, loadFrameIndex } from '../db/frame-indexes.ts'
import { bytesOf } from '../db/rows.ts'
import { bytesAnswer } from './answers.ts'
import type { TapeRequest } from './byte-request.ts'

/** Seconds since frame 0, float64, little-endian as on all our platforms. */
export async function answerTimes({ open, source }: TapeRequest): Promise<Response> {
  const seconds = frameSeconds(loadFrameIndex(open.engine.project, source))
  return bytesAnswer(bytesOf(seconds), 'raw')
}
