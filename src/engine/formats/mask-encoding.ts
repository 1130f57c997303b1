/** @file What the values in a mask file mean; nothing is guessed that could be read in two ways. */
import { AppError } from '../../shared/errors.ts'
import { backgroundIndex, ignoreIndex, type MaskClass, personIndexOf } from '../../shared/mask.ts'
import type { MaskMarker } from './mask-marker.ts'
import type { PngSamples } from './png-samples.ts'

/**
 * binary: grey 0 is background, 255 a person. index: the stored value is the class, 255 ignore.
 * palette: the same, and the file must have a palette.
 */
export const maskEncodings = ['binary', 'index', 'palette'] as const
export type MaskEncoding = (typeof maskEncodings)[number]

/** How a file's samples become classes. */
export interface Reading {
  /** What stands for a sample in `--map` and in errors; null for a colour. */
  valueOf(sample: number): number | null
  /** Value → class index of the project. */
  classOf: ReadonlyMap<number, number>
}

type ReadingOf = (png: PngSamples, classes: readonly MaskClass[]) => Reading

const storedValue = (sample: number): number => sample

const storedIndices: ReadingOf = (_png, classes) => ({
  valueOf: storedValue,
  classOf: new Map([...classes.map(({ index }) => index), ignoreIndex].map((i) => [i, i])),
})

const readings: Record<MaskEncoding, ReadingOf> = {
  binary: ({ levels }, classes) => ({
    valueOf: (sample) => levels[sample] ?? null,
    classOf: new Map([
      [0, backgroundIndex],
      [255, personIndexOf(classes)],
    ]),
  }),
  index: storedIndices,
  palette: storedIndices,
}

/** Classes of a file of our own, by name: another project may number them differently. */
function markedReading(marker: MaskMarker, classes: readonly MaskClass[]): Reading {
  const indexOf = new Map(classes.map(({ name, index }) => [name, index]))
  const classOf = new Map([[ignoreIndex, ignoreIndex]])
  for (const { index, name } of marker.classes) {
    const target = indexOf.get(name)
    if (target !== undefined) classOf.set(index, target)
  }
  return { valueOf: storedValue, classOf }
}

/**
 * The encoding of a file without a marker, as far as it is certain. Without a palette it is binary.
 * The indices of a palette are classes; but a palette of greys may also be a grey picture that was
 * stored compactly, and then it counts only where both readings agree.
 */
function automaticEncoding(
  { hasPalette, levels }: PngSamples,
  used: readonly number[],
  name: string,
): MaskEncoding {
  if (!hasPalette) return 'binary'
  if (used.some((sample) => (levels[sample] ?? null) === null)) return 'palette'
  if (used.every((sample) => levels[sample] === sample))
    return used.includes(255) ? 'binary' : 'palette'
  const blackAndWhite = [0, 255]
  if (used.every((sample) => levels[sample] === blackAndWhite[sample])) return 'binary'
  throw new AppError(
    'bad-mask',
    `${name} has a palette of greys in another order than their indices, so that its values can be read in two ways`,
    'Say --encoding palette when the indices are classes, or --encoding binary when the greys are 0 and 255.',
  )
}

/** What is known about the values of mask files before they are read. */
export interface EncodingChoice {
  /** Of the project, or whatever classes masks are read into. */
  classes: readonly MaskClass[]
  /** Of every file; undefined = found out, where that is certain. */
  encoding?: MaskEncoding | undefined
  /** Of the files without our own marker, where nothing is said; undefined = found out. */
  unmarked?: MaskEncoding | undefined
}

/**
 * How to read a file whose samples take the values `used`. Without `encoding`, our own marker
 * decides, then what the file is.
 *
 * @throws AppError `bad-mask` when the encoding does not fit the file or cannot be found out.
 */
export function readingOf(
  png: PngSamples,
  used: readonly number[],
  marker: MaskMarker | null,
  options: EncodingChoice,
  name: string,
): Reading {
  const { classes, encoding, unmarked } = options
  if (encoding === 'palette' && !png.hasPalette)
    throw new AppError(
      'bad-mask',
      `${name} has no palette, which --encoding palette expects`,
      'Say --encoding index when its grey values are class indices.',
    )
  if (!encoding && marker) return markedReading(marker, classes)
  return readings[encoding ?? unmarked ?? automaticEncoding(png, used, name)](png, classes)
}
