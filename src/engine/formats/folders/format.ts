import type { DatasetFormat } from '../format.ts'
import { looksLikeFolders, readFolders } from './read.ts'
import { writeFolders } from './write.ts'

/** A folder of pictures and a folder of masks, or masks with an ending beside their pictures. */
export const folders: DatasetFormat = {
  name: 'picture and mask folders',
  recognises: looksLikeFolders,
  read: readFolders,
  write: writeFolders,
  holds: new Set([
    ...(['masks', 'holes', 'ignore', 'splits', 'colours', 'parents', 'pictures'] as const),
    ...(['class-names', 'unused-classes', 'empty-images'] as const),
  ]),
  pictures: 'copy',
}
