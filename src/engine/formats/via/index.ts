/** @file The VGG Image Annotator in the table of formats: its versions differ in what they write. */
import { stat } from 'node:fs/promises'
import type { DatasetFormat, Feature } from '../format.ts'
import { kindOf, viaFilesIn } from './find.ts'
import { readVia } from './read.ts'
import { project2, table2 } from './version-2.ts'
import { project3 } from './version-3.ts'
import { viaWriter } from './write.ts'

const held: readonly Feature[] = [
  'masks',
  'holes',
  'objects',
  'overlap',
  'boxes',
  'pictures',
  'class-names',
  'empty-images',
  'unannotated-images',
]

/** Reads every version; writes projects of VIA 2. */
export const via: DatasetFormat = {
  name: 'VIA',
  async recognises(path) {
    const entry = await stat(path).catch(() => null)
    if (!entry?.isDirectory()) return (await kindOf(path)) !== null
    // Several in one folder are VIA's as well: which one is meant is asked when they are read.
    return viaFilesIn(path).then(
      (files) => files.length > 0,
      () => true,
    )
  },
  read: readVia,
  write: viaWriter(project2),
  holds: new Set([...held, 'unused-classes']),
  pictures: 'copy',
}

const onlyByName = { recognises: async () => false, read: readVia, pictures: 'copy' } as const

/** Reads every version; writes projects of VIA 3. */
export const via3: DatasetFormat = {
  ...onlyByName,
  name: 'VIA 3',
  write: viaWriter(project3),
  holds: new Set([...held, 'unused-classes']),
}

/** Reads every version; writes the table of regions that VIA 2 exports and imports. */
export const viaCsv: DatasetFormat = {
  ...onlyByName,
  name: 'VIA CSV',
  write: viaWriter(table2),
  holds: new Set(held),
}
