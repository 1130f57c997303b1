/** @file Labelme in the table of formats. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatasetFormat } from '../format.ts'
import { naturally } from '../list-files.ts'
import { readHead } from '../text-file.ts'
import { readLabelme } from './read.ts'
import { writeLabelme } from './write.ts'

/** How many JSON files of a folder are looked into. */
const looked = 3

/** By its first keys, of which "imageData" may be longer than what is looked at. */
async function isLabelFile(path: string): Promise<boolean> {
  const head = await readHead(path)
  const hasShapes = /"shapes"\s*:\s*\[/.test(head)
  return hasShapes
    ? /"(version|imagePath|imageData|flags)"\s*:/.test(head)
    : /^\s*\{\s*"imageData"/.test(head)
}

async function jsonFilesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names
    .filter((name) => /\.json$/i.test(name))
    .sort(naturally)
    .slice(0, looked)
}

/** The folder's own files, or those of the first folder in it that has some. */
async function filesToLookInto(folder: string): Promise<string[]> {
  const own = await jsonFilesIn(folder)
  if (own.length > 0) return own.map((name) => join(folder, name))
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  for (const entry of entries.filter((each) => each.isDirectory())) {
    const files = await jsonFilesIn(join(folder, entry.name))
    if (files.length > 0) return files.map((name) => join(folder, entry.name, name))
  }
  return []
}

export const labelme: DatasetFormat = {
  name: 'Labelme',
  async recognises(path) {
    const entry = await stat(path).catch(() => null)
    const files = entry?.isDirectory() ? await filesToLookInto(path) : [path]
    const found = await Promise.all(files.map(isLabelFile))
    return found.includes(true)
  },
  read: readLabelme,
  write: writeLabelme,
  holds: new Set([
    'masks',
    'holes',
    'objects',
    'overlap',
    'ignore',
    'boxes',
    'pictures',
    'class-names',
    'unused-classes',
    'empty-images',
    'unannotated-images',
  ]),
  pictures: 'copy',
}
