/** @file Label Studio's JSON in the table of formats. */
import type { DatasetFormat } from '../format.ts'
import { readLabelStudio } from './read.ts'
import { tasksFile } from './tasks-file.ts'
import { writeLabelStudio } from './write.ts'

export const labelStudio: DatasetFormat = {
  name: 'Label Studio',
  recognises: async (path) => (await tasksFile(path)) !== null,
  read: readLabelStudio,
  write: writeLabelStudio,
  holds: new Set([
    'masks',
    'holes',
    'objects',
    'overlap',
    'boxes',
    'colours',
    'pictures',
    'class-names',
    'unused-classes',
    'empty-images',
    'unannotated-images',
  ]),
  pictures: 'copy',
}
