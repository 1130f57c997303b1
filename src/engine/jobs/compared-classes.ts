/** @file The classes of masks that belong to no project. */
import { readFile } from 'node:fs/promises'
import { AppError, toAppError } from '../../shared/errors.ts'
import { defaultClasses, type MaskClass, maximumClassIndex } from '../../shared/mask.ts'
import { numberedClasses, readClassList } from '../formats/class-list.ts'
import type { MaskEncoding } from '../formats/mask-encoding.ts'
import { readMarker } from '../formats/mask-marker.ts'
import { readPngSamples } from '../formats/png-samples.ts'

/** @throws AppError `no-such-file`, `read-only` */
export async function readMaskFile(path: string): Promise<Buffer> {
  return readFile(path).catch((error: unknown) => {
    throw toAppError(error, path)
  })
}

/** How many names an error lists. */
const listedNames = 20

function listed(names: readonly string[]): string {
  const more = names.length - listedNames
  return names.slice(0, listedNames).join(', ') + (more > 0 ? ` and ${more} more` : '')
}

/** The classes that a file of our own names; null for other files. */
async function markedClasses(path: string): Promise<MaskClass[] | null> {
  const { texts } = await readPngSamples(await readMaskFile(path), path)
  const marker = readMarker(texts, path)
  return marker?.classes.map((each) => ({ ...each, colour: '#000000' })) ?? null
}

/** What the user says about the values of masks. */
export interface ClassWords {
  /** A number of classes or a file of their names. */
  classes?: string | undefined
  encoding?: MaskEncoding | undefined
}

/** The classes of masks, and who says so; `values` = nobody, and every value is a class. */
export interface ComparedClasses {
  classes: MaskClass[]
  source: 'user' | 'marker' | 'values'
}

/**
 * The classes that the user names (a binary mask has background and person), otherwise those that our
 * own marker in one of `paths` names, otherwise every value.
 */
export async function classesFor(
  { classes, encoding }: ClassWords,
  paths: readonly string[],
): Promise<ComparedClasses> {
  if (classes !== undefined) return { classes: await readClassList(classes), source: 'user' }
  if (encoding === 'binary') return { classes: [...defaultClasses], source: 'user' }
  if (encoding === undefined)
    for (const path of paths) {
      const marked = await markedClasses(path)
      if (marked) return { classes: marked, source: 'marker' }
    }
  return { classes: numberedClasses(maximumClassIndex + 1), source: 'values' }
}

/** @throws AppError `bad-value` that lists the classes there are */
export function indexOfClass(name: string, classes: readonly MaskClass[]): number {
  const found = classes.find((each) => each.name === name)
  if (found) return found.index
  throw new AppError(
    'bad-value',
    `--objects ${name}: there is no such class`,
    `The classes are ${listed(classes.map((each) => each.name))}.`,
  )
}
