/**
 * @file The pixels of PNG files as they are stored: rows without their filters, in Adam7's order too.
 * https://www.w3.org/TR/png-3/#9Filters and #8Interlace
 */
import type { Size } from '../../shared/recipe.ts'

export interface PngShape extends Size {
  bitDepth: number
  /** Samples a pixel. */
  channels: number
  isInterlaced: boolean
}

/** Where the pixels of a part of the picture lie. */
interface Pass {
  x: number
  y: number
  stepX: number
  stepY: number
}

const whole: readonly Pass[] = [{ x: 0, y: 0, stepX: 1, stepY: 1 }]

const adam7: readonly Pass[] = [
  { x: 0, y: 0, stepX: 8, stepY: 8 },
  { x: 4, y: 0, stepX: 8, stepY: 8 },
  { x: 0, y: 4, stepX: 4, stepY: 8 },
  { x: 2, y: 0, stepX: 4, stepY: 4 },
  { x: 0, y: 2, stepX: 2, stepY: 4 },
  { x: 1, y: 0, stepX: 2, stepY: 2 },
  { x: 0, y: 1, stepX: 1, stepY: 2 },
]

/** Size and bytes a row of the passes that have pixels. */
function passesOf({ width, height, bitDepth, channels, isInterlaced }: PngShape) {
  return (isInterlaced ? adam7 : whole).flatMap((pass) => {
    const columns = Math.ceil((width - pass.x) / pass.stepX)
    const rows = Math.ceil((height - pass.y) / pass.stepY)
    if (columns < 1 || rows < 1) return []
    return [{ ...pass, columns, rows, rowBytes: Math.ceil((columns * channels * bitDepth) / 8) }]
  })
}

/** Bytes of a picture as it is stored, the filter type of each row included. */
export function storedBytes(shape: PngShape): number {
  return passesOf(shape).reduce((sum, { rows, rowBytes }) => sum + rows * (rowBytes + 1), 0)
}

/** The nearest of left, above and above left to what they foretell. */
function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner
  const a = Math.abs(guess - left)
  const b = Math.abs(guess - above)
  const c = Math.abs(guess - corner)
  return a <= b && a <= c ? left : b <= c ? above : corner
}

/** Adds to a row what its filter took off; `above` is the row before, all 0 for the first. */
type Restore = (row: Uint8Array, above: Uint8Array, reach: number) => void

/** By filter type. The loops are apart, as each byte of every picture goes through one. */
const restorers: readonly Restore[] = [
  () => {},
  (row, _, reach) => {
    for (let i = reach; i < row.length; i++) row[i] = (row[i] ?? 0) + (row[i - reach] ?? 0)
  },
  (row, above) => {
    for (let i = 0; i < row.length; i++) row[i] = (row[i] ?? 0) + (above[i] ?? 0)
  },
  (row, above, reach) => {
    for (let i = 0; i < row.length; i++) {
      const left = i < reach ? 0 : (row[i - reach] ?? 0)
      row[i] = (row[i] ?? 0) + ((left + (above[i] ?? 0)) >> 1)
    }
  },
  (row, above, reach) => {
    for (let i = 0; i < row.length; i++) {
      const left = i < reach ? 0 : (row[i - reach] ?? 0)
      const corner = i < reach ? 0 : (above[i - reach] ?? 0)
      row[i] = (row[i] ?? 0) + paeth(left, above[i] ?? 0, corner)
    }
  },
]

/**
 * Puts rows as they were before their filters, in place; `reach` is bytes from a pixel to the next.
 * Returns whether all filters were known.
 */
function unfilter(bytes: Uint8Array, rows: number, rowBytes: number, reach: number): boolean {
  let above: Uint8Array = new Uint8Array(rowBytes)
  for (let y = 0; y < rows; y++) {
    const start = y * (rowBytes + 1)
    const restore = restorers[bytes[start] ?? 0]
    if (!restore) return false
    const row = bytes.subarray(start + 1, start + 1 + rowBytes)
    restore(row, above, reach)
    above = row
  }
  return true
}

/** The sample at an index of a row, of any depth. */
function sampleAt(row: Uint8Array, index: number, bitDepth: number): number {
  if (bitDepth === 8) return row[index] ?? 0
  if (bitDepth === 16) return ((row[2 * index] ?? 0) << 8) | (row[2 * index + 1] ?? 0)
  const bit = index * bitDepth
  const shift = 8 - bitDepth - (bit & 7)
  return ((row[bit >> 3] ?? 0) >> shift) & ((1 << bitDepth) - 1)
}

/**
 * The samples of a picture, `[height, width, channels]`, of its unpacked data, which is changed; null
 * where that cannot be such a picture.
 */
export function samplesOf(data: Uint8Array, shape: PngShape): Uint8Array | Uint16Array | null {
  const { width, height, bitDepth, channels } = shape
  if (data.length < storedBytes(shape)) return null
  const length = width * height * channels
  const samples = bitDepth === 16 ? new Uint16Array(length) : new Uint8Array(length)
  const reach = Math.max(1, (channels * bitDepth) >> 3)
  let start = 0
  for (const { x, y, stepX, stepY, columns, rows, rowBytes } of passesOf(shape)) {
    const bytes = data.subarray(start, start + rows * (rowBytes + 1))
    if (!unfilter(bytes, rows, rowBytes, reach)) return null
    for (let row = 0; row < rows; row++) {
      const stored = bytes.subarray(row * (rowBytes + 1) + 1, (row + 1) * (rowBytes + 1))
      const at = ((y + row * stepY) * width + x) * channels
      if (bitDepth === 8 && stepX === 1) samples.set(stored, at)
      else
        for (let i = 0; i < columns * channels; i++) {
          const pixel = Math.floor(i / channels) * stepX * channels
          samples[at + pixel + (i % channels)] = sampleAt(stored, i, bitDepth)
        }
    }
    start += bytes.length
  }
  return samples
}
