/**
 * @file Label Studio's run lengths of a brush: those of thi.ng/rle-pack, of the picture's pixels as red,
 * green, blue and alpha in turn. Bit for bit as HumanSignal/label-studio-sdk, converter/brush.py
 * (`decode_rle`, `encode_rle`, `mask2rle`), has them.
 *
 * A head of the number of values (32 bits), the size of a value less one (5) and four sizes of counts
 * less one (4 each). Then chunks: whether one value is repeated (1), which size its count has (2), the
 * count less one, and the value or as many values.
 */
import { AppError } from '../../../shared/errors.ts'
import type { Size } from '../../../shared/recipe.ts'
import type { Raster } from '../annotated-set.ts'
import { cropped } from '../shapes/raster.ts'
import { type BitWriter, bitReader, bitWriter } from './bits.ts'

const channels = 4
const alphaChannel = 3
const valueBits = 8
/** Sizes of counts that the encoder uses. */
const countBits = [3, 4, 8, 16] as const
const longestRun = 2 ** 16

type Visit = (value: number, start: number, end: number) => void

/** Calls back with the number of values, then with every run of equal ones. */
function forEachRun(
  rle: ArrayLike<number>,
  checkLength: (length: number) => void,
  visit: Visit,
): void {
  const input = bitReader(rle)
  const length = input.read(32)
  checkLength(length)
  const size = input.read(5) + 1
  const sizes = countBits.map(() => input.read(4) + 1)
  for (let at = 0; at < length; ) {
    const isRepeated = input.read(1) === 1
    const end = at + 1 + input.read(sizes[input.read(2)] ?? 0)
    if (end > length)
      throw new AppError(
        'bad-dataset',
        `the run lengths are of ${length} values, but go on to ${end}`,
        'Export the annotations from Label Studio again.',
      )
    if (isRepeated) visit(input.read(size), at, end)
    else for (let value = at; value < end; value++) visit(input.read(size), value, value + 1)
    at = end
  }
}

/** All values. Throws `bad-dataset` where the bytes are too few or say too much. */
export function decodeRle(rle: ArrayLike<number>): Uint8Array {
  let values = new Uint8Array()
  const start = (length: number): void => {
    // Each bit of input can stand for 2^16 values at most.
    if (length > rle.length * 8 * longestRun) throw wrongLength(length, 'its bytes can hold')
    values = new Uint8Array(length)
  }
  forEachRun(rle, start, (value, from, end) => values.fill(value, from, end))
  return values
}

function wrongLength(length: number, what: string): AppError {
  return new AppError(
    'bad-dataset',
    `the run lengths are of ${length} values, not of as many as ${what}`,
    'Check that original_width and original_height are those of the picture.',
  )
}

/**
 * The pixels of a brush: those that are not quite transparent, as `ls_rle_to_coco_rle` has it.
 *
 * @throws AppError `bad-dataset` where the runs are damaged or of a picture of another size
 */
export function rasterOfBrush(rle: ArrayLike<number>, { width, height }: Size): Raster {
  const data = new Uint8Array(width * height)
  const check = (length: number): void => {
    if (length !== data.length * channels)
      throw wrongLength(length, `a picture of ${width}x${height} has (${data.length * channels})`)
  }
  const pixelFrom = (at: number): number => Math.ceil((at - alphaChannel) / channels)
  forEachRun(rle, check, (value, from, end) => {
    if (value > 0) data.fill(1, pixelFrom(from), pixelFrom(end))
  })
  return cropped({ x: 0, y: 0, width, height, data })
}

/**
 * A run as the encoder writes it: with the smallest size of count that holds it. One that none holds is
 * parted; all of its parts have counts of the largest size.
 */
function writeRun(output: BitWriter, value: number, length: number): void {
  const smallest = countBits.findIndex((bits) => length <= 2 ** bits)
  const index = smallest === -1 ? countBits.length - 1 : smallest
  for (let left = length; left > 0; left -= longestRun) {
    output.write(length > 1 ? 1 : 0, 1)
    output.write(index, 2)
    output.write(Math.min(left, longestRun) - 1, countBits[index] ?? 0)
    output.write(value, valueBits)
  }
}

/** Run lengths of runs, `[value, length]` each, where no two neighbours have the same value. */
export function encodeRuns(runs: readonly (readonly [value: number, length: number])[]): number[] {
  const output = bitWriter()
  output.write(
    runs.reduce((sum, [, length]) => sum + length, 0),
    32,
  )
  output.write(valueBits - 1, 5)
  for (const bits of countBits) output.write(bits - 1, 4)
  for (const [value, length] of runs) writeRun(output, value, length)
  output.finish()
  return output.bytes
}

/** The run lengths of a brush in a picture: all channels are 255 where the thing is, else 0. */
export function brushOfRaster(raster: Raster, size: Size): number[] {
  const runs: [value: number, length: number][] = []
  const add = (value: number, pixels: number): void => {
    const last = runs.at(-1)
    if (pixels === 0) return
    if (last?.[0] === value) last[1] += pixels * channels
    else runs.push([value, pixels * channels])
  }
  add(0, raster.y * size.width)
  for (let row = 0; row < raster.height; row++) {
    add(0, raster.x)
    for (let at = row * raster.width; at < (row + 1) * raster.width; at++)
      add(raster.data[at] === 1 ? 255 : 0, 1)
    add(0, size.width - raster.x - raster.width)
  }
  add(0, (size.height - raster.y - raster.height) * size.width)
  return encodeRuns(runs)
}
