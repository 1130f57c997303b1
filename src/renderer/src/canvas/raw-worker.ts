/** @file The script of a worker that turns raw pictures into what a canvas draws. */
import { rgbaOf, unpackRaw } from './raw-pixels.ts'
import type { RawAnswer, RawRequest } from './raw-thread.ts'

async function answer({ id, bytes, as }: RawRequest): Promise<RawAnswer> {
  const picture = unpackRaw(bytes)
  const { width, height } = picture
  const pixels = rgbaOf(picture)
  if (as === 'pixels') return { id, bytes, pixels: pixels.buffer, bitmap: null }
  const bitmap = await createImageBitmap(new ImageData(pixels, width, height))
  return { id, bytes, pixels: null, bitmap }
}

self.addEventListener('message', (event: MessageEvent<RawRequest>) => {
  void answer(event.data).then((done) => {
    const transfer = [done.bytes, done.pixels, done.bitmap].filter((part) => part !== null)
    self.postMessage(done, { transfer })
  })
})
