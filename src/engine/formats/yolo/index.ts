/** @file YOLO in the table of formats. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatasetFormat } from '../format.ts'
import { listFiles } from '../list-files.ts'
import { findDataFile } from './data-file.ts'
import { readYolo } from './read.ts'
import { writeYolo } from './write.ts'

/** images/ beside labels/ with files of text: other formats have masks there. */
async function hasLabelFolders(path: string): Promise<boolean> {
  const images = await stat(join(path, 'images')).catch(() => null)
  if (!images?.isDirectory()) return false
  const labels = await listFiles(join(path, 'labels')).catch(() => [])
  return labels.some((name) => /\.txt$/i.test(name))
}

export const yolo: DatasetFormat = {
  name: 'YOLO',
  recognises: async (path) => (await findDataFile(path)) !== null || hasLabelFolders(path),
  read: readYolo,
  write: writeYolo,
  holds: new Set([
    'masks',
    'holes',
    'objects',
    'overlap',
    'boxes',
    'splits',
    'pictures',
    'class-names',
    'unused-classes',
    'empty-images',
    'unannotated-images',
  ]),
  pictures: 'copy',
}
