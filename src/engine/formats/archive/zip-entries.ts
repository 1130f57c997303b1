/** @file What is in a zip, looked through before anything is unpacked. */
import type { Entry, ZipFile } from 'yauzl'
import { AppError } from '../../../shared/errors.ts'
import type { ZipLimits } from './zip-limits.ts'

export interface ZipEntry {
  /** Relative, with `/`; inside of the folder that it is unpacked into. */
  name: string
  entry: Entry
}

/** An error about the zip at `path`. */
export function badZip(path: string, what: string, hint: string, cause?: unknown): AppError {
  return new AppError('bad-dataset', `${path} ${what}`, hint, { cause })
}

const distrust = 'Do not trust this file. Pack the set again where it comes from.'

/** File type in the upper half of a Unix mode, see inode(7). */
const fileTypes = { mask: 0o170000, regular: 0o100000, folder: 0o040000, link: 0o120000 }

/** The file type of an entry made on Unix; 0 where the zip does not say. */
function fileType({ versionMadeBy, externalFileAttributes }: Entry): number {
  const isUnix = versionMadeBy >> 8 === 3
  return isUnix ? (externalFileAttributes >>> 16) & fileTypes.mask : 0
}

/** What makes an entry unfit to be unpacked; null when nothing does. */
function objection(name: string, entry: Entry): string | null {
  if (entry.isEncrypted()) return 'is encrypted'
  const type = fileType(entry)
  if (type === fileTypes.link) return 'is a symbolic link'
  if (type !== 0 && type !== fileTypes.regular && type !== fileTypes.folder)
    return 'is neither a file nor a folder'
  const parts = name.split('/')
  if (name.startsWith('/') || /^[a-z]:/i.test(name) || parts.includes('..'))
    return 'would be written outside of the folder'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\0-\x1f]/.test(name)) return 'has a name with control characters'
  if (parts.some((part) => Buffer.byteLength(part) > 255)) return 'has a name that is too long'
  return null
}

const hints: Readonly<Record<string, string>> = {
  'is encrypted': 'Unpack it with its password, and give the folder.',
}

/** Rubbish that systems leave in zips. */
const isRubbish = (name: string): boolean =>
  name.startsWith('__MACOSX/') || /(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini)$/.test(name)

function checkSizes(entries: readonly ZipEntry[], path: string, size: number, limits: ZipLimits) {
  const bytes = entries.reduce((sum, { entry }) => sum + entry.uncompressedSize, 0)
  const isBomb = bytes > limits.harmlessBytes && bytes > size * limits.ratio
  if (bytes <= limits.bytes && !isBomb) return
  throw badZip(
    path,
    `has ${size} bytes and would unpack to ${bytes}; at most ${isBomb ? `${limits.ratio} times its size` : limits.bytes} was expected`,
    'If you trust it, unpack it yourself and give the folder.',
  )
}

/** Remembers names, and refuses one that stands for two things. */
function nameBook(path: string) {
  const kinds = new Map<string, 'file' | 'folder'>()
  const note = (name: string, kind: 'file' | 'folder') => {
    const before = kinds.get(name)
    if (before === 'file' || (before && kind === 'file'))
      throw badZip(path, `holds ${JSON.stringify(name)} twice`, distrust)
    kinds.set(name, kind)
  }
  return (name: string) => {
    const parts = name.split('/')
    for (let depth = 1; depth < parts.length; depth++)
      note(parts.slice(0, depth).join('/'), 'folder')
    note(name, 'file')
  }
}

/**
 * The files in a zip; folders and what systems leave behind are passed over.
 * @throws AppError `bad-dataset` when it is no zip, holds too much, or holds an entry that is
 * encrypted, a link, there twice, or leads out of the folder
 */
export async function listEntries(
  zip: ZipFile,
  path: string,
  limits: ZipLimits,
): Promise<ZipEntry[]> {
  if (zip.entryCount > limits.entries)
    throw badZip(path, `holds ${zip.entryCount} files; at most ${limits.entries} were expected`, '')
  const noteName = nameBook(path)
  const entries: ZipEntry[] = []
  try {
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName.normalize('NFC').replace(/^(\.\/)+/, '')
      if (isRubbish(name)) continue
      const why = objection(name, entry)
      if (why !== null)
        throw badZip(path, `: ${JSON.stringify(name)} ${why}`, hints[why] ?? distrust)
      if (name.endsWith('/')) continue
      noteName(name)
      entries.push({ name, entry })
    }
  } catch (error) {
    if (error instanceof AppError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw badZip(path, `cannot be read as a zip: ${reason}`, distrust, error)
  }
  checkSizes(entries, path, zip.fileSize, limits)
  return entries
}
