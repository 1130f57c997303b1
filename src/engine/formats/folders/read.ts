/** @file Reads a folder of pictures with a folder of masks beside it, or masks with an ending. */
import { join } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import type { AnnotatedSet } from '../annotated-set.ts'
import type { ReadOptions } from '../format.ts'
import { listFiles } from '../list-files.ts'
import { findMeaning, type MaskEntry, maskSet } from '../mask-pictures/mask-set.ts'
import { type FilePairs, nameOfPicture, pairFiles, pairFolders } from './pair-files.ts'
import { splitOfFolder, splitOfPath } from './split-name.ts'

function entryOf(
  { picture, mask }: FilePairs['pairs'][number],
  folder: string,
  pictures: string,
): MaskEntry {
  return {
    name: nameOfPicture(picture),
    mask: join(folder, mask),
    picture: join(pictures, picture),
    split: splitOfPath(picture),
  }
}

/** Names without the folders of splits, where they stay unique without them. */
function withoutSplits(entries: readonly MaskEntry[]): MaskEntry[] {
  const short = (name: string) =>
    name
      .split('/')
      .filter((part, i, parts) => i === parts.length - 1 || splitOfFolder(part) === null)
      .join('/')
  const names = new Set(entries.map(({ name }) => short(name)))
  if (names.size < entries.length) return [...entries]
  return entries.map((entry) => ({ ...entry, name: short(entry.name) }))
}

async function findPairs(path: string, { images, signal }: ReadOptions): Promise<FilePairs> {
  const files = await listFiles(path, { signal })
  if (images === undefined) return pairFiles(files)
  return pairFolders(await listFiles(images, { signal }), files)
}

/**
 * Reads pictures with their masks; with `options.images` the pictures are there and `path` has only
 * masks.
 * @throws AppError `bad-dataset` when no mask has a picture, and what `findMeaning` throws
 */
export async function readFolders(path: string, options: ReadOptions): Promise<AnnotatedSet> {
  const { pairs, problems } = await findPairs(path, options)
  if (pairs.length === 0)
    throw new AppError(
      'bad-dataset',
      `${path} holds no picture with a mask`,
      'Put pictures into images/ and masks of the same names into masks/, or end the names of masks with _mask; or name the folder of the pictures with --images.',
    )
  const entries = withoutSplits(pairs.map((pair) => entryOf(pair, path, options.images ?? path)))
  const masks = entries.map(({ mask }) => mask)
  return maskSet(path, { entries, problems }, await findMeaning(path, masks, options))
}

/** Folders of Pascal VOC, whose pictures and masks are its own. */
const others = /(^|\/)(SegmentationClass|SegmentationObject|JPEGImages)\//

/** Whether pictures with masks are there that no other format would claim. */
export async function looksLikeFolders(path: string): Promise<boolean> {
  const files = await listFiles(path).catch(() => [])
  return !files.some((file) => others.test(file)) && pairFiles(files).pairs.length > 0
}
