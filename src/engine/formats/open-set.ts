/** @file Opens a set of any format, also one in a zip. */
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { AppError, toAppError } from '../../shared/errors.ts'
import type { LongWork } from '../../shared/progress.ts'
import type { AnnotatedSet } from './annotated-set.ts'
import { unpackZip } from './archive/unpack-zip.ts'
import type { ReadOptions } from './format.ts'
import { datasetFormats, type FormatName, recogniseFormat } from './formats.ts'

export interface OpenSet extends AsyncDisposable {
  format: FormatName
  set: AnnotatedSet
  /** Pictures lie in a temporary folder that goes when the set is closed. */
  isUnpacked: boolean
}

export interface OpenOptions extends Omit<ReadOptions, 'signal'> {
  format: FormatName | 'auto'
}

/** Past folders that hold nothing but one folder, as most zips begin with. */
async function innermost(folder: string): Promise<string> {
  const entries = (await readdir(folder, { withFileTypes: true })).filter(
    ({ name }) => !name.startsWith('.'),
  )
  const [only] = entries
  if (entries.length !== 1 || !only?.isDirectory()) return folder
  return innermost(join(folder, only.name))
}

/** The folder that a zip was packed from: its root, or where a format is recognised below it. */
async function rootOf(folder: string, options: OpenOptions): Promise<string> {
  const { format } = options
  const inner = await innermost(folder)
  if (inner === folder) return folder
  const fits = (path: string) =>
    format === 'auto'
      ? recogniseFormat(path).then(
          () => true,
          () => false,
        )
      : datasetFormats[format].recognises(path)
  return (await fits(folder)) ? folder : inner
}

async function openAt(path: string, { format, ...options }: OpenOptions, signal?: AbortSignal) {
  const name = format === 'auto' ? await recogniseFormat(path) : format
  return { format: name, set: await datasetFormats[name].read(path, { ...options, signal }) }
}

/** What people know is the zip and the names in it, not where it was unpacked. */
function inZip(set: AnnotatedSet, folder: string): AnnotatedSet {
  return {
    ...set,
    async *read(work) {
      for await (const image of set.read(work))
        yield 'why' in image
          ? { file: image.file, why: image.why.replaceAll(folder + sep, '') }
          : image
    },
  }
}

function ofZip(error: unknown, folder: string, path: string): unknown {
  if (!(error instanceof AppError)) return error
  const message = error.message.replaceAll(folder + sep, '').replaceAll(folder, path)
  return new AppError(error.code, message, error.hint, { cause: error })
}

async function openZip(path: string, options: OpenOptions, work: LongWork): Promise<OpenSet> {
  const folder = await mkdtemp(join(tmpdir(), 'maskbench-set-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    await unpackZip(path, folder, work)
    const opened = await openAt(await rootOf(folder, options), options, work.signal)
    const set = inZip(opened.set, folder)
    return { ...opened, set, isUnpacked: true, [Symbol.asyncDispose]: remove }
  } catch (error) {
    await remove()
    throw ofZip(error, folder, path)
  }
}

/**
 * Opens a file, a folder or a zip. Whoever opens disposes of it, which removes what was unpacked.
 * @throws AppError `bad-dataset`, `no-such-file`, and what unpacking can throw
 */
export async function openSet(
  path: string,
  options: OpenOptions,
  work: LongWork,
): Promise<OpenSet> {
  const entry = await stat(path).catch((error: unknown) => {
    throw toAppError(error, path)
  })
  if (entry.isFile() && /\.zip$/i.test(path)) return openZip(path, options, work)
  const opened = await openAt(path, options, work.signal)
  return { ...opened, isUnpacked: false, [Symbol.asyncDispose]: () => Promise.resolve() }
}
