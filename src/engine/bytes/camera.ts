/** @file The empty scenes by which it is told whether a camera has moved. */
import { cameraScene } from '../jobs/compare-camera.ts'
import { bytesAnswer, noSuchAddress } from './answers.ts'
import { type TapeRequest, wordIn } from './byte-request.ts'

export async function answerCamera({
  open,
  source,
  query,
  request,
}: TapeRequest): Promise<Response> {
  const scene = wordIn(query, 'scene', ['earlier', 'now'])
  const png = await cameraScene(open.engine, source, scene)
  if (!png) throw noSuchAddress(new URL(request.url).pathname)
  return bytesAnswer(png, 'png')
}
