/** @file Mask files of any origin, read into the project's classes. */
import { AppError } from '../../shared/errors.ts'
import type { ClassMask } from '../../shared/mask.ts'
import { type EncodingChoice, type Reading, readingOf } from './mask-encoding.ts'
import type { MaskMap } from './mask-map.ts'
import { type MaskMarker, readMarker } from './mask-marker.ts'
import { readPngSamples } from './png-samples.ts'

export interface MaskReading extends EncodingChoice {
  /** Values with a meaning of their own; they win over the encoding. */
  map?: MaskMap | undefined
}

/** A mask as it was in its file, before it is brought to the recipe's size. */
export interface MaskFile {
  mask: ClassMask
  /** Our own marker, when the file has it. */
  marker: MaskMarker | null
}

/** Number of pixels of each of the 256 sample values. Masks repeat themselves: runs are counted. */
function histogramOf(samples: Uint8Array): Uint32Array {
  const histogram = new Uint32Array(256)
  for (let start = 0; start < samples.length; ) {
    const sample = samples[start] ?? 0
    let end = start + 1
    while (end < samples.length && samples[end] === sample) end++
    histogram[sample] = (histogram[sample] ?? 0) + end - start
    start = end
  }
  return histogram
}

function undeclaredError(counts: ReadonlyMap<number, number>, name: string): AppError {
  const listed = [...counts]
    .sort(([a], [b]) => a - b)
    .map(([value, count]) => `${value} (${count} px)`)
  return new AppError(
    'undeclared-values',
    `${name} holds values that no class is declared for: ${listed.join(', ')}`,
    'Send each to a class with --map VALUE=ignore, VALUE=background or VALUE=CLASS, or say --encoding index when the values are class indices.',
  )
}

const colouredError = (name: string): AppError =>
  new AppError(
    'bad-mask',
    `${name} has a palette of colours, which is not a binary mask`,
    'Say --encoding palette when its indices are classes.',
  )

/** Class of every sample value that occurs; throws when one of them has none. */
function classTable(
  reading: Reading,
  histogram: Uint32Array,
  map: MaskMap | undefined,
  name: string,
): Uint8Array {
  const table = new Uint8Array(256)
  const undeclared = new Map<number, number>()
  for (const [sample, count] of histogram.entries()) {
    if (count === 0) continue
    const value = reading.valueOf(sample)
    if (value === null) throw colouredError(name)
    const target = map?.get(value) ?? reading.classOf.get(value)
    if (target === undefined) undeclared.set(value, (undeclared.get(value) ?? 0) + count)
    else table[sample] = target
  }
  if (undeclared.size > 0) throw undeclaredError(undeclared, name)
  return table
}

/** The class of every pixel; mostly the samples are the classes. */
function classesOf(samples: Uint8Array, table: Uint8Array, used: readonly number[]): Uint8Array {
  if (used.every((sample) => table[sample] === sample))
    return new Uint8Array(samples.buffer, samples.byteOffset, samples.length)
  const classes = new Uint8Array(samples.length)
  for (let pixel = 0; pixel < classes.length; pixel++)
    classes[pixel] = table[samples[pixel] ?? 0] ?? 0
  return classes
}

/**
 * Reads a mask file; `name` is what errors call it.
 *
 * Without an encoding, files with our own marker are read by it, palettes as class indices, and all
 * others as binary, so that any grey value but 0 and 255 needs a declaration.
 *
 * @throws AppError `bad-mask` when it is not a readable mask, `undeclared-values` that names every
 * value without a meaning and its number of pixels.
 */
export async function readMask(
  bytes: Uint8Array,
  name: string,
  options: MaskReading,
): Promise<MaskFile> {
  const png = await readPngSamples(bytes, name)
  const marker = readMarker(png.texts, name)
  const histogram = histogramOf(png.samples)
  const used = [...histogram.keys()].filter((sample) => histogram[sample])
  const reading = readingOf(png, used, marker, options, name)
  const table = classTable(reading, histogram, options.map, name)
  const data = classesOf(png.samples, table, used)
  return { mask: { width: png.width, height: png.height, data }, marker }
}
