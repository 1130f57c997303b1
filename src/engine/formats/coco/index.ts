/** @file COCO in the table of formats. */
import type { DatasetFormat } from '../format.ts'
import { findAnnotationFiles } from './annotation-files.ts'
import { readCoco } from './read.ts'
import { writeCoco } from './write.ts'

export const coco: DatasetFormat = {
  name: 'COCO',
  recognises: async (path) => (await findAnnotationFiles(path)).length > 0,
  read: readCoco,
  write: writeCoco,
  holds: new Set([
    'masks',
    'holes',
    'objects',
    'overlap',
    'crowds',
    'boxes',
    'tracks',
    'splits',
    'colours',
    'parents',
    'pictures',
    'class-names',
    'unused-classes',
    'empty-images',
  ]),
  pictures: 'none',
}
