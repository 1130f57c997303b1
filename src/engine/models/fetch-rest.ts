/** @file One connection: fetches what a file still lacks. */
import { type FileHandle, open, rm, stat } from 'node:fs/promises'
import { type LongWork, progressMeter } from '../../shared/progress.ts'

/** The network's fault; what has arrived is in the file. */
export class NetworkError extends Error {
  /** Whether trying again is of no use. */
  readonly isFinal: boolean

  constructor(message: string, isFinal: boolean, options?: ErrorOptions) {
    super(message, options)
    this.isFinal = isFinal
  }
}

/** A connection on which nothing arrives for so long is given up. */
const longestSilenceMs = 30_000

/** The whole of an error that fetch reports as 'fetch failed', with the reason within. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  return cause instanceof Error ? cause.message || error.message : error.message
}

/** Aborts when nothing was heard for too long. */
class Silence implements Disposable {
  readonly #controller = new AbortController()
  #timer: NodeJS.Timeout | undefined

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Something arrived. */
  heard(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#controller.abort(new Error('nothing arrived for 30 s'))
    }, longestSilenceMs)
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer)
  }
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  )
}

/** Where the bytes of the answer begin, and how many there will be in all (0 = unknown). */
function placeOf(response: Response, asked: number): { start: number; total: number } {
  const [, from, whole] = /^bytes (\d+)-\d+\/(\d+)$/.exec(
    response.headers.get('content-range') ?? '',
  ) ?? ['', '', '']
  if (response.status === 206 && Number(from) === asked)
    return { start: asked, total: Number(whole) }
  if (response.status === 200)
    return { start: 0, total: Number(response.headers.get('content-length') ?? 0) }
  throw new NetworkError(
    `the server answered ${response.status} ${response.statusText}`.trim(),
    response.status >= 400 && response.status < 500,
  )
}

type Chunks = ReadableStreamDefaultReader<Uint8Array>

async function nextChunk(chunks: Chunks): Promise<Uint8Array | undefined> {
  try {
    return (await chunks.read()).value
  } catch (error) {
    throw new NetworkError(`the connection was cut: ${reasonOf(error)}`, false, { cause: error })
  }
}

/** A write may stop short where the disk fills; the next one then says so. */
async function writeAll(file: FileHandle, chunk: Uint8Array, position: number): Promise<void> {
  let done = 0
  while (done < chunk.length) {
    const left = chunk.length - done
    done += (await file.write(chunk, done, left, position + done)).bytesWritten
  }
}

/** Writes the answer to the file from `start` on. Returns where it then ends. */
async function save(
  chunks: Chunks,
  path: string,
  start: number,
  onBytes: (size: number) => void,
): Promise<number> {
  const file = await open(path, start === 0 ? 'w' : 'r+')
  let size = start
  try {
    for (;;) {
      const chunk = await nextChunk(chunks)
      if (!chunk) return size
      await writeAll(file, chunk, size)
      size += chunk.length
      onBytes(size)
    }
  } finally {
    await file.close()
    await chunks.cancel().catch(() => undefined)
  }
}

/**
 * Fetches the bytes that `path` does not have yet, by a range request where it has some; a server
 * that knows none sends the whole file again. Throws NetworkError when not all of it arrived, and
 * the file system's errors.
 */
export async function fetchRest(
  address: string,
  path: string,
  { signal, onProgress }: LongWork,
): Promise<void> {
  using silence = new Silence()
  silence.heard()
  const size = await sizeOf(path)
  const response = await fetch(address, {
    headers: { 'accept-encoding': 'identity', ...(size > 0 && { range: `bytes=${size}-` }) },
    signal: signal ? AbortSignal.any([signal, silence.signal]) : silence.signal,
  }).catch((error: unknown) => {
    throw new NetworkError(reasonOf(error), false, { cause: error })
  })
  // Nothing is left to fetch, or what is there is no beginning of it: the checksum tells.
  if (response.status === 416 && response.headers.get('content-range') === `bytes */${size}`) return
  if (response.status === 416) {
    await rm(path)
    throw new NetworkError('the server has fewer bytes than had arrived', false)
  }
  const { start, total } = placeOf(response, size)
  if (!response.body) throw new NetworkError('the server answered with nothing', false)
  const report = total > 0 ? progressMeter('download', total, 'bytes', onProgress) : null
  const arrived = await save(response.body.getReader(), path, start, (bytes) => {
    silence.heard()
    report?.(bytes)
  })
  if (arrived < total) throw new NetworkError('the connection was cut', false)
}
