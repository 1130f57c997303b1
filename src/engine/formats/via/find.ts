/** @file VIA's files among those of a folder, and the pictures that they are of. */
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, posix, relative, sep } from 'node:path'
import { AppError, toAppError } from '../../../shared/errors.ts'
import { naturally } from '../list-files.ts'
import { isFile, isWithin } from '../picture-files.ts'
import { readHead } from '../text-file.ts'
import type { Picture } from './project.ts'

/** What the kinds of VIA's files begin with. */
const kinds = {
  project3: /"(vid_list|loc_prefix|fid_list)"\s*:/,
  project2: /"_via_(img_metadata|settings)"\s*:/,
  annotations:
    /^\s*\{\s*"[^"]*"\s*:\s*\{[^{}[\]]*"filename"\s*:[^{}[\]]*"regions"\s*:|"shape_attributes"\s*:/,
  csv: /^#?filename,file_size,file_attributes,region_count,region_id,region_shape_attributes,region_attributes/,
} as const

export type Kind = keyof typeof kinds

function isKind(name: string): name is Kind {
  return Object.hasOwn(kinds, name)
}

/** What kind of VIA's a file is; null when it is none of them. */
export async function kindOf(path: string): Promise<Kind | null> {
  const isTable = /\.csv$/i.test(path)
  if (!isTable && !/\.json$/i.test(path)) return null
  const head = (await readHead(path)).trimStart()
  const names = Object.keys(kinds).filter(isKind)
  const fitting = names.filter((name) => (name === 'csv') === isTable && kinds[name].test(head))
  return fitting[0] ?? null
}

export interface ViaFile {
  path: string
  kind: Kind
  /** The folder that it lies in, relative to the set; empty = the set's own. */
  folder: string
}

async function filesIn(root: string, folder: string): Promise<ViaFile[]> {
  const names = await readdir(join(root, folder)).catch(() => [])
  const files: ViaFile[] = []
  for (const name of names.sort(naturally)) {
    const path = join(root, folder, name)
    const kind = await kindOf(path)
    if (kind !== null) files.push({ path, kind, folder })
  }
  return files
}

function oneOf(files: readonly ViaFile[], path: string): ViaFile {
  const [only, ...others] = files
  if (only && others.length === 0) return only
  const names = files.map((file) => basename(file.path))
  throw new AppError(
    'bad-dataset',
    `${path} holds ${files.length} VIA files: ${names.join(', ')}; one was expected`,
    'Name the one that is meant.',
  )
}

/** VIA's files of a folder: its own, or one in each of its folders, such as `train` and `val`. */
export async function viaFilesIn(path: string): Promise<ViaFile[]> {
  const own = await filesIn(path, '')
  if (own.length > 0) return [oneOf(own, path)]
  const entries = await readdir(path, { withFileTypes: true }).catch(() => [])
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  const files: ViaFile[] = []
  for (const folder of folders.sort(naturally)) {
    const below = await filesIn(path, folder)
    if (below.length > 0) files.push(oneOf(below, join(path, folder)))
  }
  return files
}

/**
 * VIA's files at a path.
 * @throws AppError `bad-dataset` when there is none, or several in one folder; `no-such-file`
 */
export async function findViaFiles(path: string): Promise<{ root: string; files: ViaFile[] }> {
  const entry = await stat(path).catch((error: unknown) => {
    throw toAppError(error, path)
  })
  const kind = entry.isDirectory() ? null : await kindOf(path)
  if (kind !== null) return { root: dirname(path), files: [{ path, kind, folder: '' }] }
  const files = entry.isDirectory() ? await viaFilesIn(path) : []
  if (files.length > 0) return { root: path, files }
  throw new AppError(
    'bad-dataset',
    `${path} is no project and no annotations of VIA 2 or 3`,
    'Save the project in VIA as JSON, or export its annotations as JSON or CSV, and name that file.',
  )
}

const slashed = (path: string): string => path.replaceAll('\\', '/')
const isAddress = (path: string): boolean => /^[a-z]{2,}:\/\//i.test(path)
const isAbsolute = (path: string): boolean => path.startsWith('/') || /^[a-z]:\//i.test(path)

/** The last part of a path or an address. */
function shortName(filename: string): string {
  const path = slashed(filename)
  const last = posix.basename(isAddress(path) ? path.replace(/[?#].*$/, '') : path)
  return /^\.*$/.test(last) ? 'picture' : last
}

/**
 * Where a picture lies: where the file says, relative to it or to the folder that the user names, or
 * there by its name alone. Addresses and absolute paths are of elsewhere.
 */
export async function findPicture(
  { filename, paths }: Picture,
  folder: string,
  bounds: string,
): Promise<string | null> {
  const relatives = paths.map(slashed).filter((path) => !isAddress(path) && !isAbsolute(path))
  for (const path of [...relatives, shortName(filename)]) {
    const candidate = join(folder, path)
    if (isWithin(bounds, candidate) && (await isFile(candidate))) return candidate
  }
  return null
}

/** What the set calls a picture: its path within the set, or its name in the folder of the file. */
export function pictureName(filename: string, file: string | null, root: string, folder: string) {
  if (file !== null && isWithin(root, file)) return relative(root, file).split(sep).join('/')
  const short = shortName(filename)
  return folder === '' ? short : `${folder}/${short}`
}
