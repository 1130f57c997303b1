import { AV_PIX_FMT_RGB24 } from 'node-av/constants'
import { bytesOf, frameOf } from './pixels.ts'

/**
 * Whether a picture that goes into FFmpeg's memory comes back as it was: Electron may refuse memory
 * that is not its own.
 */
export function survivesRoundTrip(): boolean {
  const sent = Uint8Array.from({ length: 8 * 4 * 3 }, (_, i) => i)
  using frame = frameOf(sent, { width: 8, height: 4, format: AV_PIX_FMT_RGB24 })
  return bytesOf(frame).equals(sent)
}
