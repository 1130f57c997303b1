/** @file Colour PNGs: a mask a file, a colour a class, and a legend that says which. */
import { join } from 'node:path'
import type { ClassMask } from '../../../shared/mask.ts'
import type { LongWork } from '../../../shared/progress.ts'
import type { AnnotatedSet } from '../annotated-set.ts'
import { withColours } from '../class-colours.ts'
import type { DatasetFormat, WriteOptions, Written } from '../format.ts'
import { formatLegend, readClassList } from '../mask-pictures/class-list.ts'
import { readMaskPicture } from '../mask-pictures/mask-picture.ts'
import { findLoneMasks, readMaskFolder } from '../mask-pictures/read-mask-folder.ts'
import { writeInto, writeMaskSet } from '../mask-pictures/write-masks.ts'
import { colourTable, encodeColours } from './encode-colours.ts'

async function write(
  set: AnnotatedSet,
  folder: string,
  _options: WriteOptions,
  work: LongWork,
): Promise<Written> {
  const { classes, ignore } = withColours(set.classes)
  const table = colourTable(
    classes.map(({ colour }) => colour),
    ignore,
  )
  const target = { folder, encode: (mask: ClassMask) => encodeColours(mask, table) }
  const { images, files } = await writeMaskSet(set, target, work)
  await writeInto(join(folder, 'legend.csv'), formatLegend(classes, ignore))
  return { images, files: files + 1 }
}

/** Whether a folder holds masks alone, with a legend or with colours. */
async function recognises(path: string): Promise<boolean> {
  const masks = await findLoneMasks(path)
  if (!masks) return false
  const list = await readClassList(path).catch(() => null)
  if (list) return list.kind === 'colour'
  const first = await readMaskPicture(masks[0] ?? '').catch(() => null)
  return first?.kind === 'colour'
}

export const colourPng: DatasetFormat = {
  name: 'colour PNG with a legend',
  recognises,
  read: readMaskFolder,
  write,
  holds: new Set([
    ...(['masks', 'holes', 'ignore', 'splits', 'colours', 'parents'] as const),
    ...(['class-names', 'unused-classes', 'empty-images'] as const),
  ]),
  pictures: 'none',
}
