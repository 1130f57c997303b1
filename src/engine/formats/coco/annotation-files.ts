/** @file The files of a COCO set: which JSON files hold it, and what their names say. */
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { splitOfFolder } from '../folders/split-name.ts'
import { naturally } from '../list-files.ts'
import { readHead } from '../text-file.ts'

export interface AnnotationFile {
  path: string
  /** Folder names under which its pictures may lie: `train2017` for `instances_train2017.json`. */
  part: string | null
  split: string | null
}

/** A set has few files; a folder with more JSON files than that has one for each picture. */
const maximumFiles = 50
const firstKey = /^\s*\{\s*"(info|licenses|images|annotations|categories|type|videos)"\s*:/
const list = /"(images|annotations|categories)"\s*:\s*\[/

/** Whether a JSON file begins like one of COCO. Never throws. */
async function isCocoFile(path: string): Promise<boolean> {
  if (!/\.json$/i.test(path)) return false
  const head = await readHead(path)
  return firstKey.test(head) && list.test(head)
}

/**
 * The files of the set at `path`, a file or a folder; none where it is not of COCO. Where a folder has
 * `instances_….json`, the others of it (captions, keypoints) are left out. Never throws.
 */
export async function findAnnotationFiles(path: string): Promise<AnnotationFile[]> {
  const entry = await stat(path).catch(() => null)
  if (entry?.isFile()) return (await isCocoFile(path)) ? [annotationFile(path)] : []
  if (!entry?.isDirectory()) return []
  const found: string[] = []
  for (const name of await jsonFiles(path)) if (await isCocoFile(join(path, name))) found.push(name)
  const instances = found.filter((name) => basename(name).startsWith('instances_'))
  return (instances.length > 0 ? instances : found).map((name) => annotationFile(join(path, name)))
}

/** JSON files in a folder and in the folders in it: `annotations/`, `train/`. */
async function jsonFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const inner = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
  const names = entries.map(({ name }) => name)
  for (const { name } of inner)
    for (const file of await readdir(join(folder, name)).catch(() => []))
      names.push(`${name}/${file}`)
  const files = names.filter((name) => /\.json$/i.test(name))
  return files.length > maximumFiles ? [] : files.sort(naturally)
}

/**
 * As `findAnnotationFiles`, for reading: a file that is named is taken whatever it begins with.
 *
 * @throws AppError `bad-dataset` where a folder has none
 */
export async function annotationFiles(path: string): Promise<AnnotationFile[]> {
  const found = await findAnnotationFiles(path)
  if (found.length > 0) return found
  const entry = await stat(path).catch(() => null)
  if (!entry?.isDirectory()) return [annotationFile(path)]
  throw new AppError(
    'bad-dataset',
    `${path} holds no JSON file of COCO, nor do the folders in it`,
    'Name the file with the annotations.',
  )
}

function annotationFile(path: string): AnnotationFile {
  const name = basename(path)
  const part = /^instances_(.+)\.json$/i.exec(name)?.[1] ?? null
  if (part === null) {
    // Roboflow: train/_annotations.coco.json, valid/_annotations.coco.json.
    const isRoboflow = /^_annotations\.coco\.json$/i.test(name)
    const words = isRoboflow ? [basename(dirname(path))] : name.split(/[^a-z]+/i)
    return { path, part: null, split: words.map(splitOfFolder).find((split) => split) ?? null }
  }
  const named = splitOfFolder(part.replace(/\d{4}$/, ''))
  return { path, part, split: part === 'default' ? null : (named ?? decoded(part)) }
}

/** Our own names have %20 and the like where a split has what no file's name has. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
