/** @file Writes a set as a folder or a zip: all of it, or nothing. */
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AppError, toAppError } from '../../shared/errors.ts'
import type { LongWork } from '../../shared/progress.ts'
import type { AnnotatedSet } from './annotated-set.ts'
import { packZip } from './archive/pack-zip.ts'
import type { WriteOptions, Written } from './format.ts'
import { datasetFormats, type FormatName } from './formats.ts'

/** @throws AppError `file-exists` when there is something else than an empty folder */
export async function refuseTaken(target: string): Promise<void> {
  const names = await readdir(target).catch((error: unknown) => {
    if (toAppError(error).code === 'no-such-file') return []
    return ['']
  })
  if (names.length === 0) return
  throw new AppError(
    'file-exists',
    `${target} exists already`,
    'Name a folder or a .zip file that does not exist.',
  )
}

/**
 * Writes a set to `target`, a folder, or a zip where it ends in `.zip`. It grows beside its place and
 * is renamed there when it is whole.
 * @throws AppError `file-exists`, `bad-dataset`, `disk-full`, `cancelled`
 */
export async function writeSet(
  set: AnnotatedSet,
  target: string,
  { format, ...options }: WriteOptions & { format: FormatName },
  work: LongWork,
): Promise<Written> {
  await refuseTaken(target)
  const part = `${target}.part`
  const packed = `${target}.packed.part`
  try {
    await rm(part, { recursive: true, force: true })
    await rm(packed, { force: true })
    await mkdir(part, { recursive: true })
    const written = await datasetFormats[format].write(set, part, options, work)
    if (!/\.zip$/i.test(target)) {
      await rename(part, target)
      return written
    }
    await packZip(part, packed, work)
    await rename(packed, target)
    return written
  } catch (error) {
    throw toAppError(error, dirname(target))
  } finally {
    await rm(part, { recursive: true, force: true })
    await rm(packed, { force: true })
  }
}
