/** @file Which mask of one folder belongs to which of another: those of the same name. */
import { readdir } from 'node:fs/promises'
import { join, parse, relative, sep } from 'node:path'
import { toAppError } from '../../shared/errors.ts'

/** A picture's two mask files. */
export interface PairedFiles {
  /** Path within the folders, with `/`, without `.png`. */
  name: string
  truth: string
  predicted: string
}

/** A mask that is in one of the folders only. */
export interface MissingPartner {
  name: string
  /** The folder that lacks it. */
  missingIn: 'truth' | 'prediction'
}

export interface MaskPairs {
  /** By name. */
  pairs: PairedFiles[]
  missing: MissingPartner[]
}

/** The PNG files below a folder by their names; hidden ones are passed over. */
async function masksIn(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: unknown) => {
      throw toAppError(error, folder)
    },
  )
  const masks = new Map<string, string>()
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name)
    const within = relative(folder, path).split(sep)
    const isHidden = within.some((part) => part.startsWith('.'))
    const { name, ext } = parse(entry.name)
    if (entry.isDirectory() || isHidden || ext.toLowerCase() !== '.png') continue
    masks.set([...within.slice(0, -1), name].join('/'), path)
  }
  return masks
}

const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1)

/**
 * Pairs the masks of two folders and of the folders within them, one to one.
 * @throws AppError `no-such-file`, `bad-value` when one of them is no folder
 */
export async function pairMasks(truthFolder: string, predictionFolder: string): Promise<MaskPairs> {
  const [truths, predictions] = [await masksIn(truthFolder), await masksIn(predictionFolder)]
  const pairs: PairedFiles[] = []
  const missing: MissingPartner[] = []
  for (const [name, truth] of truths) {
    const predicted = predictions.get(name)
    if (predicted === undefined) missing.push({ name, missingIn: 'prediction' })
    else pairs.push({ name, truth, predicted })
  }
  for (const name of predictions.keys())
    if (!truths.has(name)) missing.push({ name, missingIn: 'truth' })
  return { pairs: pairs.sort(byName), missing: missing.sort(byName) }
}
