/** @file Tables of boxes: a row a box, of which only the rectangle is known. */
import type { DatasetFormat } from '../format.ts'
import { findBoxTable, readBoxes } from './read.ts'
import { writeBoxes } from './write.ts'

export const boxesCsv: DatasetFormat = {
  name: 'CSV boxes',
  recognises: (path) =>
    findBoxTable(path).then(
      (table) => table !== null,
      () => false,
    ),
  read: readBoxes,
  write: writeBoxes,
  holds: new Set([
    ...(['objects', 'overlap', 'boxes', 'colours', 'parents', 'pictures'] as const),
    ...(['class-names', 'unused-classes', 'empty-images', 'unannotated-images'] as const),
  ]),
  pictures: 'copy',
}
