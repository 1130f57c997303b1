/** @file Reads a folder of masks without pictures. */
import { join } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import type { AnnotatedSet } from '../annotated-set.ts'
import { pairFiles } from '../folders/pair-files.ts'
import { readFolders } from '../folders/read.ts'
import { splitOfPath } from '../folders/split-name.ts'
import type { ReadOptions } from '../format.ts'
import { listFiles } from '../list-files.ts'
import { classListNames } from './class-list.ts'
import { findMeaning, maskSet } from './mask-set.ts'

const isPngName = (name: string): boolean => /\.png$/i.test(name)

/**
 * Reads the PNG files of a folder as masks; with `options.images` each needs its picture there.
 * @throws AppError `bad-dataset` when there are none, and what `findMeaning` throws
 */
export async function readMaskFolder(path: string, options: ReadOptions): Promise<AnnotatedSet> {
  if (options.images !== undefined) return readFolders(path, options)
  const names = (await listFiles(path, { signal: options.signal })).filter(isPngName)
  if (names.length === 0)
    throw new AppError(
      'bad-dataset',
      `${path} holds no PNG files`,
      'Give the folder that the masks are in.',
    )
  const entries = names.map((name) => ({
    ...{ name, mask: join(path, name), picture: null },
    split: splitOfPath(name),
  }))
  const masks = entries.map(({ mask }) => mask)
  return maskSet(path, { entries, problems: [] }, await findMeaning(path, masks, options))
}

/** Files that may lie beside masks without being part of another format. */
const beside = new RegExp(
  `(^|/)(${classListNames.join('|').replaceAll('.', '\\.')}|readme[^/]*|licen[cs]e[^/]*)$`,
  'i',
)
const vocFolder = /(^|\/)Segmentation(Class|Object)(PNG)?\//

/**
 * The PNG files of a folder that may be masks alone: no pictures and no annotations beside them. Null
 * where there are others, or no such folder.
 */
export async function findLoneMasks(path: string): Promise<string[] | null> {
  const files = await listFiles(path).catch(() => [])
  const masks = files.filter(isPngName)
  const isAlone = files.every((file) => isPngName(file) || beside.test(file))
  if (masks.length === 0 || !isAlone || masks.some((name) => vocFolder.test(name))) return null
  return pairFiles(files).pairs.length > 0 ? null : masks.map((name) => join(path, name))
}
