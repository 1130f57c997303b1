/** @file Packs a folder into a zip: the same files give the same bytes. */
import { createWriteStream } from 'node:fs'
import { extname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { cancelled, throwIfCancelled, toAppError } from '../../../shared/errors.ts'
import { type LongWork, progressMeter } from '../../../shared/progress.ts'
import { listFiles } from '../list-files.ts'

/** What deflating makes no smaller. */
const packed = ['.png', '.jpg', '.jpeg', '.webp', '.gif']

/** The first time that a zip can express, in local time as zips have it. */
const mtime = new Date(1980, 0, 1)

/**
 * Packs all files of `folder` into the new zip `file`, by name.
 * @throws AppError `file-exists`, `disk-full`, `cancelled`; then there is no file
 */
export async function packZip(
  folder: string,
  file: string,
  { signal, onProgress }: LongWork = {},
): Promise<void> {
  const names = await listFiles(folder, { signal })
  const progress = progressMeter('pack', names.length, 'files', onProgress)
  const zip = new ZipFile()
  const failed = new AbortController()
  zip.on('error', (error: unknown) => failed.abort(error))
  for (const name of names)
    zip.addFile(join(folder, name), name, {
      ...{ mtime, mode: 0o100644, forceDosTimestamp: true },
      compress: !packed.includes(extname(name).toLowerCase()),
    })
  zip.end()
  throwIfCancelled(signal, 'packing')
  const stop = AbortSignal.any([failed.signal, ...(signal ? [signal] : [])])
  try {
    await pipeline(zip.outputStream, createWriteStream(file, { flags: 'wx' }), { signal: stop })
  } catch (error) {
    if (signal?.aborted) throw cancelled('packing')
    throw toAppError(failed.signal.aborted ? failed.signal.reason : error, file)
  }
  progress(names.length)
}
