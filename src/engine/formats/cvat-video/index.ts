/** @file "CVAT for video 1.1" in the table of formats. */
import { readCvat } from '../cvat/read.ts'
import type { DatasetFormat } from '../format.ts'
import { writeCvatVideo } from './write.ts'

export const cvatVideo: DatasetFormat = {
  name: 'CVAT for video',
  /** It is recognised and read as CVAT's XML, which may be of images or of video. */
  recognises: async () => false,
  read: readCvat,
  write: writeCvatVideo,
  holds: new Set([
    'masks',
    'holes',
    'objects',
    'overlap',
    'boxes',
    'tracks',
    'colours',
    'pictures',
    'class-names',
    'unused-classes',
    'empty-images',
  ]),
  alwaysDrops: ['the names of the images: they become frames with numbers'],
  pictures: 'copy',
}
