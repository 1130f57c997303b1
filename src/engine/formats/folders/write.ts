/** @file Writes pictures into images/, masks of the same names into masks/, and what they mean. */
import { join } from 'node:path'
import type { LongWork } from '../../../shared/progress.ts'
import type { AnnotatedImage, AnnotatedSet } from '../annotated-set.ts'
import { withColours } from '../class-colours.ts'
import type { WriteOptions, Written } from '../format.ts'
import { formatClassList } from '../mask-pictures/class-list.ts'
import { writeInto, writeMaskSet } from '../mask-pictures/write-masks.ts'
import { encodeMask } from '../mask-write.ts'
import { copyPicture } from '../picture-files.ts'

export async function writeFolders(
  set: AnnotatedSet,
  folder: string,
  { pictures }: WriteOptions,
  work: LongWork,
): Promise<Written> {
  const classes = withColours(set.classes).classes.map((each, index) => ({ ...each, index }))
  const also = async ({ file }: AnnotatedImage, name: string) => {
    if (pictures === 'none' || file === null) return 0
    await copyPicture(file, join(folder, 'images'), name)
    return 1
  }
  const encode = (mask: Parameters<typeof encodeMask>[0]) => encodeMask(mask, classes, null)
  const target = { folder: join(folder, 'masks'), encode, also }
  const { images, files } = await writeMaskSet(set, target, work)
  await writeInto(join(folder, 'classes.csv'), formatClassList(set.classes))
  return { images, files: files + 1 }
}
