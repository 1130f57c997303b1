/** @file A set whose annotations are one mask picture each. */
import { relative } from 'node:path'
import { throwIfCancelled, toAppError } from '../../../shared/errors.ts'
import type { LongWork } from '../../../shared/progress.ts'
import { readAhead } from '../../read-ahead.ts'
import type { AnnotatedImage, AnnotatedSet, SetProblem } from '../annotated-set.ts'
import type { ReadOptions } from '../format.ts'
import { pictureSize, sizeProblem } from '../picture-size.ts'
import { classMaskOf } from './apply-meaning.ts'
import { readClassList } from './class-list.ts'
import {
  type MaskMeaning,
  meaningOfList,
  meaningOfMarker,
  meaningOfSurvey,
  meaningOfThreshold,
  meaningOfWords,
} from './mask-meaning.ts'
import { readMaskPicture } from './mask-picture.ts'
import { surveyMasks } from './mask-survey.ts'
import { parseMaskWords } from './mask-words.ts'

/** A picture with its mask. */
export interface MaskEntry {
  name: string
  /** Where the mask lies. */
  mask: string
  /** Where the picture lies; null where the set has none. */
  picture: string | null
  split: string | null
}

/**
 * What the masks of a set mean: by what the user says, by the table of classes in `folder`, by the
 * note in files of our own, or by the values themselves, for which all masks are looked through.
 * @throws AppError `bad-value`, `bad-dataset`, `undeclared-values`
 */
export async function findMeaning(
  folder: string,
  masks: readonly string[],
  { map = [], threshold, signal }: ReadOptions,
): Promise<MaskMeaning> {
  if (threshold !== undefined) return meaningOfThreshold(threshold)
  if (map.length > 0) return meaningOfWords(parseMaskWords(map))
  const list = await readClassList(folder)
  if (list) return meaningOfList(list)
  const [first] = masks
  const picture = first === undefined ? null : await readMaskPicture(first).catch(() => null)
  if (picture?.marker) return meaningOfMarker(picture.marker, picture.palette)
  return meaningOfSurvey(await surveyMasks(masks, signal))
}

async function readEntry(entry: MaskEntry, meaning: MaskMeaning): Promise<AnnotatedImage> {
  const mask = classMaskOf(await readMaskPicture(entry.mask), meaning)
  const { name, picture, split } = entry
  const { width, height } = mask
  const image = { name, file: picture, width, height, split, scene: null, annotated: true }
  return { ...image, objects: [], mask }
}

/** Masks that are read while the one before is worked on. */
const ahead = 4

async function sizeFault(image: AnnotatedImage): Promise<string | null> {
  return image.file === null ? null : sizeProblem(image, await pictureSize(image.file))
}

/** The pictures with their masks, after what is wrong with the set as a whole. */
export function maskSet(
  folder: string,
  { entries, problems }: { entries: readonly MaskEntry[]; problems: readonly SetProblem[] },
  meaning: MaskMeaning,
): AnnotatedSet {
  async function readOne(entry: MaskEntry): Promise<AnnotatedImage | SetProblem> {
    const file = relative(folder, entry.mask).replaceAll('\\', '/')
    try {
      const image = await readEntry(entry, meaning)
      const why = await sizeFault(image)
      return why === null ? image : { file, why }
    } catch (error) {
      return { file, why: toAppError(error, entry.mask).message }
    }
  }
  async function* read({ signal }: LongWork) {
    yield* problems
    for await (const image of readAhead(entries, ahead, readOne)) {
      throwIfCancelled(signal, 'reading masks')
      yield image
    }
  }
  return { classes: meaning.classes, count: entries.length + problems.length, read }
}
