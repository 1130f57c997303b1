/** @file CVAT's XML in the table of formats. */
import type { DatasetFormat } from '../format.ts'
import { annotationsFile, readCvat } from './read.ts'
import { writeCvat } from './write.ts'

export const cvat: DatasetFormat = {
  name: 'CVAT',
  recognises: async (path) => (await annotationsFile(path)) !== null,
  read: readCvat,
  write: writeCvat,
  holds: new Set([
    'masks',
    'holes',
    'objects',
    'overlap',
    'boxes',
    'splits',
    'colours',
    'pictures',
    'class-names',
    'unused-classes',
    'empty-images',
  ]),
  pictures: 'copy',
}
