/** @file The masks of a VOC set: PNG files with indices, or with the colours of classes. */
import { readFile } from 'node:fs/promises'
import { AppError, toAppError } from '../../../shared/errors.ts'
import type { ClassMask } from '../../../shared/mask.ts'
import { coloursOf, hasTransparency, isColourPng, type Png, readPng } from '../png-pixels.ts'
import { maskSamples } from '../png-samples.ts'
import type { ClassTable } from './class-table.ts'
import { colourText, vocColour } from './voc-classes.ts'

/** Index of each colour of VOC's palette. */
const vocIndexOf = new Map(Array.from({ length: 256 }, (_, i) => [vocColour(i), i]))

const namedValues = 10

/** Maps stored values to mask values, and says which of them have none. */
function translate(
  stored: ArrayLike<number>,
  meaning: (value: number) => number | undefined,
  text: (value: number) => string,
  name: string,
): Uint8Array {
  const unknown = new Map<number, number>()
  const data = new Uint8Array(stored.length)
  let [last, position] = [-1, meaning(-1)]
  for (let pixel = 0; pixel < data.length; pixel++) {
    const value = stored[pixel] ?? 0
    // Neighbours are mostly equal.
    if (value !== last) position = meaning(value)
    last = value
    if (position === undefined) unknown.set(value, (unknown.get(value) ?? 0) + 1)
    else data[pixel] = position
  }
  if (unknown.size === 0) return data
  const listed = [...unknown].slice(0, namedValues).map(([v, n]) => `${text(v)} (${n} px)`)
  throw new AppError(
    'undeclared-values',
    `${name} holds values that no class is declared for: ${listed.join(', ')}${unknown.size > namedValues ? ', …' : ''}`,
    'Say what each means with --map VALUE=CLASS, or add a labelmap.txt to the set.',
  )
}

/** @throws AppError `bad-mask` when it is damaged, has 16 bits or is transparent */
async function readOpaque(path: string, name: string): Promise<Png> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw toAppError(error, path)
  })
  const png = await readPng(bytes, name)
  if (png.bitDepth <= 8 && !hasTransparency(png)) return png
  const why =
    png.bitDepth > 8
      ? `${png.bitDepth} bits a sample; masks have 8`
      : 'transparent pixels; a mask has none'
  const hint = 'Save the mask as an 8-bit PNG without transparency.'
  throw new AppError('bad-mask', `${name} has ${why}`, hint)
}

function usedValues(samples: Uint8Array): number[] {
  const isUsed = new Uint8Array(256)
  for (let pixel = 0; pixel < samples.length; pixel++) isUsed[samples[pixel] ?? 0] = 1
  return [...isUsed.keys()].filter((value) => isUsed[value])
}

/** Meaning of indices: by their palette's colours where those are the declared ones, else as numbers. */
function indexMeaning(
  palette: readonly number[] | null,
  used: readonly number[],
  table: ClassTable,
): (index: number) => number | undefined {
  const colourOf = (index: number) => palette?.[index] ?? -1
  const isByColour = used.every((index) => table.ofColour.has(colourOf(index)))
  return palette && isByColour
    ? (index) => table.ofColour.get(colourOf(index))
    : (index) => table.ofIndex.get(index)
}

/**
 * A class mask as positions in the table's classes; `name` is what errors call it.
 * @throws AppError `bad-mask`, `undeclared-values`
 */
export async function readClassMask(
  path: string,
  name: string,
  table: ClassTable,
): Promise<ClassMask> {
  const png = await readOpaque(path, name)
  const { width, height } = png
  if (isColourPng(png)) {
    const meaning = (colour: number) => table.ofColour.get(colour)
    return { width, height, data: translate(coloursOf(png), meaning, colourText, name) }
  }
  const { samples } = maskSamples(png, name)
  const meaning = indexMeaning(png.palette, usedValues(samples), table)
  return { width, height, data: translate(samples, meaning, String, name) }
}

/**
 * An object mask: the number of the object of each pixel, 0 = none, 255 = not told.
 * @throws AppError `bad-mask`, `undeclared-values` for colours that are not VOC's
 */
export async function readObjectMask(path: string, name: string): Promise<ClassMask> {
  const png = await readOpaque(path, name)
  const { width, height } = png
  if (!isColourPng(png)) return { width, height, data: maskSamples(png, name).samples }
  const meaning = (colour: number) => vocIndexOf.get(colour)
  return { width, height, data: translate(coloursOf(png), meaning, colourText, name) }
}
