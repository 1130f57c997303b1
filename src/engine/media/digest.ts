/** @file The identity of a file: SHA-256 over its bytes. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { cancelled, toAppError } from '../../shared/errors.ts'
import type { LongWork } from '../../shared/progress.ts'

const CHUNK_BYTES = 1 << 20

/**
 * SHA-256 of a file, in hexadecimal, read in pieces.
 *
 * @throws AppError `no-such-file`, `cancelled`, or whatever reading says.
 */
export async function fileDigest(path: string, { signal }: LongWork = {}): Promise<string> {
  const hash = createHash('sha256')
  try {
    const stream = createReadStream(path, { highWaterMark: CHUNK_BYTES, signal })
    for await (const chunk of stream) hash.update(chunk)
  } catch (error) {
    throw signal?.aborted ? cancelled(`reading ${path}`) : toAppError(error, path)
  }
  return hash.digest('hex')
}

/** Whether a file has the size and the bytes that an index was made from. */
export async function sameFile(
  known: { sizeBytes: number; sha256: string },
  path: string,
  work: LongWork = {},
): Promise<boolean> {
  const entry = await stat(path).catch((error: unknown) => {
    throw toAppError(error, path)
  })
  return entry.size === known.sizeBytes && (await fileDigest(path, work)) === known.sha256
}
