/** @file PASCAL VOC in the table of formats. */
import { stat } from 'node:fs/promises'
import type { DatasetFormat } from '../format.ts'
import { findRoots } from './layout.ts'
import { readVoc } from './read.ts'
import { writeVoc } from './write.ts'

export const voc: DatasetFormat = {
  name: 'PASCAL VOC',
  async recognises(path) {
    const isFolder = await stat(path).then(
      (entry) => entry.isDirectory(),
      () => false,
    )
    return isFolder && (await findRoots(path)).length > 0
  },
  read: readVoc,
  write: writeVoc,
  holds: new Set([
    'masks',
    'holes',
    'objects',
    'ignore',
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
