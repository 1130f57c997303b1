/** @file Masks from a folder or a file, frame by frame, in the project's classes and pixels. */
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AppError, throwIfCancelled, toAppError } from '../../shared/errors.ts'
import type { ClassMask } from '../../shared/mask.ts'
import { type LongWork, progressMeter } from '../../shared/progress.ts'
import { type MaskReading, readMask } from '../formats/mask-file.ts'
import { fitMask, type MaskGeometry } from './fit-mask.ts'
import { frameFinder, type MaskedTape, type MaskPlan, planMasks } from './mask-names.ts'

/** A plan and the folder that its files are in. */
export interface FoundMasks extends MaskPlan {
  folder: string
}

export interface FrameMask {
  frame: number
  file: string
  mask: ClassMask
}

const hint = 'Masks are PNG files named by their frame, such as 000012.png.'

/** A single file is for the one frame that is asked for, whatever its name; otherwise by its name. */
function planFile(path: string, tape: MaskedTape, wanted: readonly number[] | null): MaskPlan {
  const file = basename(path)
  const frame = wanted?.length === 1 ? (wanted[0] ?? null) : frameFinder(tape)(file)
  if (frame === null)
    throw new AppError('bad-mask', `${path} has no frame number in its name`, hint)
  if (frame >= tape.frames)
    throw new AppError(
      'no-such-frame',
      `${path} is for frame ${frame}, which does not exist`,
      `The tape has frames 0 to ${tape.frames - 1}.`,
    )
  return { masks: [{ file, frame }], skipped: [] }
}

async function planFolder(
  path: string,
  tape: MaskedTape,
  wanted: readonly number[] | null,
): Promise<MaskPlan> {
  const plan = planMasks(await readdir(path), tape, wanted)
  const why = plan.skipped.at(-1)?.why ?? 'it is empty'
  if (plan.masks.length > 0) return plan
  throw new AppError('bad-mask', `${path} holds no mask for this tape: ${why}`, hint)
}

/**
 * Looks for the masks in a folder, or for the one that `path` is. `wanted` restricts the frames
 * (null = all).
 *
 * @throws AppError `no-such-file`; `no-such-frame` when a single file is for a frame that the tape
 * does not have; `bad-mask` when nothing there is a mask for this tape.
 */
export async function findMasks(
  path: string,
  tape: MaskedTape,
  wanted: readonly number[] | null,
): Promise<FoundMasks> {
  try {
    if ((await stat(path)).isDirectory())
      return { ...(await planFolder(path, tape, wanted)), folder: path }
    return { ...planFile(path, tape, wanted), folder: dirname(path) }
  } catch (error) {
    throw toAppError(error, path)
  }
}

/**
 * Reads masks in the order of their frames. The first one that cannot be read ends the work with an
 * error that names it, so that a caller who stores them in one transaction stores all or none.
 */
export async function* readMasks(
  found: FoundMasks,
  reading: MaskReading,
  geometry: MaskGeometry,
  { signal, onProgress }: LongWork = {},
): AsyncIterable<FrameMask> {
  const progress = progressMeter('masks', found.masks.length, 'files', onProgress)
  for (const [done, { file, frame }] of found.masks.entries()) {
    throwIfCancelled(signal, 'reading masks')
    const path = join(found.folder, file)
    const bytes = await readFile(path).catch((error: unknown) => {
      throw toAppError(error, path)
    })
    const mask = fitMask(await readMask(bytes, file, reading), geometry, file)
    progress(done + 1)
    yield { frame, file, mask }
  }
}
