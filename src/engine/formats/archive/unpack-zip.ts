/** @file Unpacks a zip that nobody vouches for into a folder. */
import { createWriteStream } from 'node:fs'
import { mkdir, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { openPromise, type ZipFile } from 'yauzl'
import { AppError, cancelled, throwIfCancelled, toAppError } from '../../../shared/errors.ts'
import { type LongWork, progressMeter } from '../../../shared/progress.ts'
import { badZip, listEntries, type ZipEntry } from './zip-entries.ts'
import { type ZipLimits, zipLimits } from './zip-limits.ts'

async function openZip(path: string): Promise<ZipFile> {
  try {
    // Entries are checked against the sizes that they declare while they are unpacked.
    return await openPromise(path, { autoClose: false, validateEntrySizes: true })
  } catch (error) {
    const known = toAppError(error, path)
    if (known.code !== 'internal') throw known
    throw badZip(path, `is no zip file: ${known.message}`, 'Pack the set again.', error)
  }
}

async function checkRoom(folder: string, entries: readonly ZipEntry[]): Promise<void> {
  const needed = entries.reduce((sum, { entry }) => sum + entry.uncompressedSize, 0)
  const { bavail, bsize } = await statfs(folder)
  if (needed <= bavail * bsize) return
  throw new AppError(
    'disk-full',
    `${needed} bytes are to be unpacked into ${folder}, ${bavail * bsize} are free there`,
    'Free some space, or set TMPDIR to a folder on a larger disk.',
  )
}

async function unpackEntry(
  zip: ZipFile,
  { entry, name }: ZipEntry,
  target: string,
  path: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    await mkdir(dirname(target), { recursive: true })
    const source = await zip.openReadStreamPromise(entry)
    await pipeline(source, createWriteStream(target, { flags: 'wx' }), { signal })
  } catch (error) {
    if (signal?.aborted) throw cancelled('unpacking')
    const known = toAppError(error, target)
    if (known.code !== 'internal' && known.code !== 'bad-value') throw known
    const what = `: ${JSON.stringify(name)} cannot be unpacked: ${known.message}`
    throw badZip(path, what, 'Pack the set again where it comes from.', error)
  }
}

/**
 * Unpacks the zip at `path` into an empty folder.
 * @throws AppError `bad-dataset` for what `listEntries` refuses, and for an entry that is damaged or
 * larger than it says; `no-such-file`, `disk-full`, `cancelled`. What was unpacked so far stays: the
 * folder is the caller's.
 */
export async function unpackZip(
  path: string,
  folder: string,
  { signal, onProgress }: LongWork = {},
  limits: ZipLimits = zipLimits,
): Promise<void> {
  const zip = await openZip(path)
  try {
    const entries = await listEntries(zip, path, limits)
    await checkRoom(folder, entries)
    const progress = progressMeter('unpack', entries.length, 'files', onProgress)
    for (const [i, each] of entries.entries()) {
      throwIfCancelled(signal, 'unpacking')
      await unpackEntry(zip, each, join(folder, each.name), path, signal)
      progress(i + 1)
    }
  } finally {
    zip.close()
  }
}
