/** @file Index PNGs: a mask a file, whose values are the classes. */
import { join } from 'node:path'
import type { LongWork } from '../../../shared/progress.ts'
import type { AnnotatedSet } from '../annotated-set.ts'
import { withColours } from '../class-colours.ts'
import type { DatasetFormat, WriteOptions, Written } from '../format.ts'
import { formatClassList, readClassList } from '../mask-pictures/class-list.ts'
import { readMaskPicture } from '../mask-pictures/mask-picture.ts'
import { findLoneMasks, readMaskFolder } from '../mask-pictures/read-mask-folder.ts'
import { writeInto, writeMaskSet } from '../mask-pictures/write-masks.ts'
import { encodeMask } from '../mask-write.ts'

async function write(
  set: AnnotatedSet,
  folder: string,
  _options: WriteOptions,
  work: LongWork,
): Promise<Written> {
  const classes = withColours(set.classes).classes.map((each, index) => ({ ...each, index }))
  const target = {
    folder,
    encode: (mask: Parameters<typeof encodeMask>[0]) => encodeMask(mask, classes, null),
  }
  const { images, files } = await writeMaskSet(set, target, work)
  await writeInto(join(folder, 'classes.csv'), formatClassList(set.classes))
  return { images, files: files + 1 }
}

/** Whether a folder holds masks alone that are not coloured. */
async function recognises(path: string): Promise<boolean> {
  const masks = await findLoneMasks(path)
  const list = await readClassList(path).catch(() => null)
  if (!masks || list?.kind === 'colour') return false
  const first = await readMaskPicture(masks[0] ?? '').catch(() => null)
  return first !== null && first.kind !== 'colour'
}

export const indexPng: DatasetFormat = {
  name: 'index PNG',
  recognises,
  read: readMaskFolder,
  write,
  holds: new Set([
    ...(['masks', 'holes', 'ignore', 'splits', 'colours', 'parents'] as const),
    ...(['class-names', 'unused-classes', 'empty-images'] as const),
  ]),
  pictures: 'none',
}
