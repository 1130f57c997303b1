/** @file CVAT's "Segmentation mask 1.1" in the table of formats. */
import type { DatasetFormat } from '../format.ts'
import { readVoc } from '../voc/read.ts'
import { writeCvatMasks } from './write.ts'

export const cvatMask: DatasetFormat = {
  name: 'CVAT Segmentation mask',
  /** It is a kind of Pascal VOC, and is recognised and read as that. */
  recognises: async () => false,
  read: readVoc,
  write: writeCvatMasks,
  holds: new Set([
    'masks',
    'holes',
    'objects',
    'splits',
    'colours',
    'pictures',
    'class-names',
    'unused-classes',
    'empty-images',
    'unannotated-images',
  ]),
  pictures: 'copy',
}
