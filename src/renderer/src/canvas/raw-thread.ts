/**
 * @file Raw pictures on their way through a worker: 16 million pixels would keep the page's own thread
 * from the pointer for a tenth of a second.
 */

export interface RawRequest {
  id: number
  bytes: ArrayBuffer
  as: 'pixels' | 'bitmap'
}

/** The bytes come back; pixels are RGBA. */
export interface RawAnswer {
  id: number
  bytes: ArrayBuffer
  pixels: ArrayBuffer | null
  bitmap: ImageBitmap | null
}

let worker: Worker | undefined
let requests = 0
const waiting = new Map<number, (answer: RawAnswer) => void>()

function started(): Worker {
  if (worker) return worker
  worker = new Worker(new URL('./raw-worker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('message', ({ data }: MessageEvent<RawAnswer>) => {
    waiting.get(data.id)?.(data)
    waiting.delete(data.id)
  })
  return worker
}

/** Converts a picture that `unpackRaw` takes; `bytes` belong to the worker until they are back. */
export function convert(bytes: ArrayBuffer, as: RawRequest['as']): Promise<RawAnswer> {
  const id = requests++
  return new Promise((resolve) => {
    waiting.set(id, resolve)
    started().postMessage({ id, bytes, as } satisfies RawRequest, [bytes])
  })
}
