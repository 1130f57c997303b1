/** @file `metrics compare`: two folders of masks against each other, without a project. */
import { AppError, throwIfCancelled } from '../../shared/errors.ts'
import { ignoreIndex } from '../../shared/mask.ts'
import { type LongWork, progressMeter } from '../../shared/progress.ts'
import type { Size } from '../../shared/recipe.ts'
import type { MaskEncoding } from '../formats/mask-encoding.ts'
import { type MaskReading, readMask } from '../formats/mask-file.ts'
import { parseMaskMap } from '../formats/mask-map.ts'
import type { BoundaryOptions } from '../metrics/boundary-scores.ts'
import {
  isSameSize,
  type MaskPair,
  type MaskScorer,
  type MaskScores,
  maskScorer,
  sizeText,
} from '../metrics/mask-scores.ts'
import type { ObjectOptions } from '../metrics/object-scores.ts'
import { type MissingPartner, type PairedFiles, pairMasks } from '../metrics/pair-masks.ts'
import { readAhead } from '../read-ahead.ts'
import { classesFor, indexOfClass, readMaskFile } from './compared-classes.ts'

export interface CompareWords {
  /** A number of classes or a file of their names; undefined = those of our own marker, or all that occur. */
  classes?: string | undefined
  /** Undefined = by our own marker, otherwise indices. */
  encoding?: MaskEncoding | undefined
  /** `170=ignore`, for both folders. */
  map?: readonly string[] | undefined
  boundary?: BoundaryOptions | undefined
  /** Names of the classes whose objects are compared. */
  objects?: ({ classes: readonly string[] } & ObjectOptions) | undefined
}

/** A pair that could not be compared. */
export interface DifferentSize {
  name: string
  truth: Size
  prediction: Size
}

export interface MaskComparison extends MaskScores {
  missing: MissingPartner[]
  /** Pairs of masks of different sizes, which are in no score. */
  differentSizes: DifferentSize[]
}

/** How many pairs are read while one is scored. */
const pairsAhead = 3

function requirePairs({ pairs, missing }: { pairs: PairedFiles[]; missing: MissingPartner[] }) {
  const [first] = pairs
  if (first) return first
  const alone = missing[0] ? `; ${missing[0].name} has no partner` : ''
  throw new AppError(
    'no-truth',
    `the two folders have no PNG file of the same name${alone}`,
    'A prediction is found by its name: a/1.png in the one folder for a/1.png in the other.',
  )
}

function requireScored(pairs: readonly PairedFiles[], [first, ...others]: DifferentSize[]): void {
  if (!first || others.length + 1 < pairs.length) return
  throw new AppError(
    'mask-size-differs',
    `every pair differs in size, such as ${first.name}: ${sizeText(first.truth)} in the truth, ${sizeText(first.prediction)} in the prediction`,
    'Bring the predictions to the size of the truth.',
  )
}

const whatWhiteIs =
  'Say --encoding binary where 255 is a person, --map 255=CLASS where it is another class, or --encoding index where it is to be ignored.'

/** Refuses masks that look like black and white ones, of which white would be ignored. */
function requireClasses(scorer: MaskScorer): void {
  const { truth, prediction } = scorer.values()
  const isBlackAndWhite = (values: readonly number[]) =>
    values.includes(ignoreIndex) && values.every((value) => value === 0 || value === ignoreIndex)
  const side = isBlackAndWhite(truth) ? 'truth' : isBlackAndWhite(prediction) ? 'prediction' : null
  if (side)
    throw new AppError(
      'undeclared-values',
      `the masks of the ${side} hold nothing but 0 and 255, which would be ignored`,
      whatWhiteIs,
    )
}

/** Refuses a value that may be a class as well as "ignore", where nobody has said a word about values. */
function requireNoWhite({ name, truth, predicted }: MaskPair): void {
  if (!truth.data.includes(ignoreIndex) && !predicted.data.includes(ignoreIndex)) return
  throw new AppError(
    'undeclared-values',
    `${name} holds 255, which may be a class or stand for what is to be ignored`,
    whatWhiteIs,
  )
}

async function readPair(files: PairedFiles, reading: MaskReading): Promise<MaskPair> {
  const [truth, predicted] = await Promise.all(
    [files.truth, files.predicted].map(async (path) =>
      readMask(await readMaskFile(path), path, reading),
    ),
  )
  if (!truth || !predicted) throw new TypeError('a pair has two masks')
  return { name: files.name, truth: truth.mask, predicted: predicted.mask }
}

const sizeOf = ({ width, height }: Size): Size => ({ width, height })

/** Scores all pairs one after the other; those of different sizes are returned. */
async function scorePairs(
  pairs: readonly PairedFiles[],
  reading: MaskReading,
  add: (pair: MaskPair) => void,
  { signal, onProgress }: LongWork,
): Promise<DifferentSize[]> {
  const differentSizes: DifferentSize[] = []
  const progress = progressMeter('masks', pairs.length, 'pairs', onProgress)
  let done = 0
  for await (const pair of readAhead(pairs, pairsAhead, (files) => readPair(files, reading))) {
    throwIfCancelled(signal, 'comparing masks')
    const { name, truth, predicted } = pair
    if (isSameSize(truth, predicted)) add(pair)
    else differentSizes.push({ name, truth: sizeOf(truth), prediction: sizeOf(predicted) })
    progress(++done)
  }
  return differentSizes
}

/**
 * Compares the PNG masks of two folders, paired by name; those without a partner and those of different
 * sizes are listed and not scored.
 *
 * @throws AppError `no-truth` when there is no pair; `undeclared-values` that names what is no class;
 * `bad-mask` that names a file that is no mask; `bad-value` for words that fit nothing; `cancelled`
 */
export async function compareMasks(
  truthFolder: string,
  predictionFolder: string,
  words: CompareWords,
  work: LongWork = {},
): Promise<MaskComparison> {
  const found = await pairMasks(truthFolder, predictionFolder)
  const first = requirePairs(found)
  const { classes, source } = await classesFor(words, [first.truth, first.predicted])
  const { encoding, boundary } = words
  const map = parseMaskMap(words.map ?? [], classes)
  const objects = words.objects && {
    ...words.objects,
    classes: words.objects.classes.map((name) => indexOfClass(name, classes)),
  }
  const scorer = maskScorer({ boundary, objects })
  const reading: MaskReading = { classes, encoding, unmarked: 'index', map }
  const isDeclared = encoding !== undefined || map.size > 0 || source === 'marker'
  const add = (pair: MaskPair) => {
    if (!isDeclared && source === 'values') requireNoWhite(pair)
    scorer.add(pair)
  }
  const differentSizes = await scorePairs(found.pairs, reading, add, work)
  requireScored(found.pairs, differentSizes)
  if (!isDeclared) requireClasses(scorer)
  const { truth, prediction } = scorer.values()
  const occurring = new Set([...truth, ...prediction])
  const shown = classes.filter(({ index }) => source !== 'values' || occurring.has(index))
  return { ...scorer.result(shown), missing: found.missing, differentSizes }
}
