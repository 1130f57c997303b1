/** @file A folder of masks, one PNG a frame. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { throwIfCancelled, toAppError } from '../../shared/errors.ts'
import type { ClassMask, MaskClass } from '../../shared/mask.ts'
import { type LongWork, progressMeter } from '../../shared/progress.ts'
import { maskFileName } from '../labels/mask-names.ts'
import { replaceFile } from '../projects/replace-file.ts'
import { encodeMask } from './mask-write.ts'

export interface MaskFolder {
  folder: string
  classes: readonly MaskClass[]
  /** Of the recipe whose pixels the masks are in. */
  geometryHash: string
  /** Number of masks, for progress. */
  total: number
}

/**
 * Writes masks as `000012.png`, each as a whole; files of these names are replaced, others stay.
 * Returns how many were written. Masks are taken one at a time, so that they may be made on the way.
 *
 * @throws AppError `disk-full`, `read-only`, `cancelled`
 */
export async function writeMasks(
  masks: AsyncIterable<{ frame: number; mask: ClassMask }>,
  { folder, classes, geometryHash, total }: MaskFolder,
  { signal, onProgress }: LongWork = {},
): Promise<number> {
  const progress = progressMeter('masks', total, 'files', onProgress)
  let written = 0
  try {
    await mkdir(folder, { recursive: true })
    for await (const { frame, mask } of masks) {
      throwIfCancelled(signal, 'exporting masks')
      const png = await encodeMask(mask, classes, geometryHash)
      await replaceFile(join(folder, maskFileName(frame)), png)
      progress(++written)
    }
  } catch (error) {
    throw toAppError(error, folder)
  }
  return written
}
