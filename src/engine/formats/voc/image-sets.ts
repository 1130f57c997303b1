/** @file The lists of a VOC set: `ImageSets/Segmentation/train.txt` and its like, an id a line. */
import { join } from 'node:path'
import { naturally } from '../list-files.ts'
import { readText } from '../text-file.ts'
import type { VocLayout } from './layout.ts'

/** The union of train and val: it says of a picture only that it is not of the test. */
const union = 'trainval'
/** What CVAT and Datumaro call the list of pictures that are in no split. */
const noSplit = 'default'

function parseList(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim())
  return lines.filter((line) => line !== '')
}

/** Whether a list says which pictures show a class (`cat_train`): its lines go on with 1, 0 or -1. */
function isOfClass(name: string, lines: readonly string[]): boolean {
  return /_(train|val|trainval|test)$/.test(name) && lines.every((line) => /\s-?[01]$/.test(line))
}

export interface ImageLists {
  /** Split of each listed id; null for those in no split. */
  splits: ReadonlyMap<string, string | null>
  /** Ids that are in two splits, which the first of them has. */
  twice: ReadonlyMap<string, readonly [string, string]>
}

/**
 * Reads the lists of a set.
 * @throws AppError `bad-dataset` for a list that is no text
 */
export async function readImageLists(layout: VocLayout): Promise<ImageLists> {
  const splits = new Map<string, string | null>()
  const twice = new Map<string, readonly [string, string]>()
  const last = (name: string) => Number(name === union) + 2 * Number(name === noSplit)
  const names = [...layout.lists.keys()].sort((a, b) => last(a) - last(b) || naturally(a, b))
  for (const name of names) {
    const ids = parseList(await readText(join(layout.root, layout.lists.get(name) ?? '')))
    if (!layout.hasSegmentationLists && isOfClass(name, ids)) continue
    for (const id of ids) {
      const known = splits.get(id)
      if (known === undefined) splits.set(id, name === noSplit ? null : name)
      else if (known !== null && known !== name && last(name) === 0) twice.set(id, [known, name])
    }
  }
  return { splits, twice }
}

/** Names of list files, by the split of their pictures. */
const fileSafe = (split: string): string => split.replaceAll(/[^\p{L}\p{N} _.-]/gu, '_')

/** Lists of ids to write, by file name without ending: every split, and train and val together. */
export function listsToWrite(
  pictures: readonly { id: string; split: string | null }[],
): Map<string, string[]> {
  const lists = new Map<string, string[]>()
  const add = (name: string, id: string): void => {
    const list = lists.get(name) ?? []
    list.push(id)
    lists.set(name, list)
  }
  for (const { id, split } of pictures) {
    add(split === null ? noSplit : fileSafe(split), id)
    if (split === 'train' || split === 'val') add(union, id)
  }
  return lists
}
