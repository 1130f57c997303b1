/** @file Fetches published weights into a folder: goes on where it stopped, and checks what it got. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError, cancelled, throwIfCancelled, toAppError } from '../../shared/errors.ts'
import type { LongWork } from '../../shared/progress.ts'
import { fetchRest, NetworkError } from './fetch-rest.ts'
import type { PublishedWeights } from './published-weights.ts'

export interface DownloadOptions extends LongWork {
  /** Where the files lie, or are put by hand. */
  folder: string
  /** How often a cut connection is tried again, and how long after. */
  retries?: number
  retryAfterMs?: number
}

export interface DownloadedWeights {
  path: string
  bytes: number
  sha256: string
  /** Whether it was there already. */
  found: boolean
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size
  } catch (error) {
    const failure = toAppError(error, path)
    if (failure.code === 'no-such-file') return null
    throw failure
  }
}

async function sha256Of(path: string, signal: AbortSignal | undefined): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) {
    throwIfCancelled(signal, 'the download')
    hash.update(chunk)
  }
  return hash.digest('hex')
}

/** What to do where the network cannot be reached. */
function byHand({ address, megabytes }: PublishedWeights, path: string): string {
  return `Run the command again: it goes on where it stopped. Or download ${address} (${megabytes} MB) on another machine and put it here: ${path}`
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal?.addEventListener('abort', done)
  })
}

/** Fetches into `partial` until it is whole. Connections that are cut are made again. */
async function fetchWhole(
  weights: PublishedWeights,
  partial: string,
  path: string,
  { signal, onProgress, retries = 5, retryAfterMs = 1000 }: DownloadOptions,
): Promise<void> {
  // Where nothing has arrived yet there may be no network at all: no use in waiting long for it.
  let left = Math.min(1, retries)
  let size = await sizeOf(partial)
  for (;;) {
    throwIfCancelled(signal, 'the download')
    try {
      return await fetchRest(weights.address, partial, { signal, onProgress })
    } catch (error) {
      if (signal?.aborted) throw cancelled('the download')
      if (!(error instanceof NetworkError)) throw toAppError(error, partial)
      const now = await sizeOf(partial)
      // What goes on arriving may be cut any number of times.
      left = (now ?? 0) > (size ?? 0) ? retries : left - 1
      size = now
      if (left < 0 || error.isFinal)
        throw new AppError(
          'download-failed',
          `${weights.address} could not be downloaded: ${error.message}`,
          byHand(weights, path),
          { cause: error },
        )
      await pause(retryAfterMs, signal)
    }
  }
}

/**
 * Downloads published weights unless the folder has them. A file is only there as a whole and with
 * the checksum in its name; what has arrived of it before an interruption is kept beside.
 * Throws `download-failed` where the address cannot be reached, saying what to download by hand and
 * where to put it; `wrong-checksum` when something else arrived; `cancelled`, `disk-full`.
 */
export async function downloadWeights(
  weights: PublishedWeights,
  options: DownloadOptions,
): Promise<DownloadedWeights> {
  const path = join(options.folder, weights.file)
  const partial = `${path}.partial`
  const check = async (file: string) => {
    const bytes = await sizeOf(file)
    if (bytes === null) return null
    const sha256 = await sha256Of(file, options.signal)
    return { path, bytes, sha256, isRight: sha256.startsWith(weights.sha256) }
  }
  const present = await check(path)
  if (present?.isRight) return { path, bytes: present.bytes, sha256: present.sha256, found: true }
  try {
    await mkdir(options.folder, { recursive: true })
    await fetchWhole(weights, partial, path, options)
    const fetched = await check(partial)
    if (!fetched?.isRight) {
      await rm(partial, { force: true })
      throw new AppError(
        'wrong-checksum',
        `what ${weights.address} answered has the SHA-256 ${fetched?.sha256}, ${weights.sha256}… was expected`,
        'Something between here and there changed the file, or sent another one. Try another network.',
      )
    }
    await rename(partial, path)
    return { path, bytes: fetched.bytes, sha256: fetched.sha256, found: false }
  } catch (error) {
    throw toAppError(error, partial)
  }
}
