/**
 * @file Contrast-limited adaptive histogram equalisation (Zuiderveld 1994, Graphics Gems IV): each tile
 * has its own equalising levels, between the tiles' centres they are mixed. Limits, what is cut off
 * and its distribution are those of OpenCV's CLAHE.
 */
import type { Operations } from '../../../shared/augmentation-operations.ts'
import type { Size } from '../../../shared/recipe.ts'
import { mirrorIndex } from '../filter/mirror.ts'
import { type Draw, drawFrom } from '../step.ts'
import { changePlanes } from './planes.ts'

export interface ClaheOptions extends Size {
  clipLimit: number
  /** Rows and columns of tiles. */
  tiles: number
}

/** Size of a tile. A plane that the tiles do not divide is continued, mirrored, on both sides. */
function tileSize({ width, height, tiles }: ClaheOptions): Size {
  const fits = width % tiles === 0 && height % tiles === 0
  const length = (side: number) => (fits ? side : side + tiles - (side % tiles)) / tiles
  return { width: length(width), height: length(height) }
}

/** Pixels of each level in a tile. */
function countTile(
  plane: Uint8Array,
  { width, height }: Size,
  tile: Size,
  [column, row]: readonly [number, number],
): Uint32Array {
  const counts = new Uint32Array(256)
  for (let y = row * tile.height; y < (row + 1) * tile.height; y++) {
    const line = mirrorIndex(y, height) * width
    for (let x = column * tile.width; x < (column + 1) * tile.width; x++) {
      const level = plane[line + (x < width ? x : mirrorIndex(x, width))] ?? 0
      counts[level] = (counts[level] ?? 0) + 1
    }
  }
  return counts
}

/** Cuts what is above the limit and gives it to all levels alike, the rest in even steps. */
function clip(counts: Uint32Array, limit: number): void {
  let cut = 0
  for (const [level, count] of counts.entries()) {
    if (count <= limit) continue
    cut += count - limit
    counts[level] = limit
  }
  const each = Math.floor(cut / 256)
  const rest = cut % 256
  const step = rest === 0 ? 256 : Math.max(1, Math.floor(256 / rest))
  for (let level = 0; level < 256; level++) counts[level] = (counts[level] ?? 0) + each
  for (let i = 0; i < rest; i++) counts[i * step] = (counts[i * step] ?? 0) + 1
}

/** The levels of every tile, 256 after one another. */
function tileLevels(plane: Uint8Array, options: ClaheOptions, tile: Size): Uint8ClampedArray {
  const { tiles, clipLimit } = options
  const area = tile.width * tile.height
  const limit = Math.max(1, Math.floor((clipLimit * area) / 256))
  // In single precision, so that halves are rounded as there.
  const scale = Math.fround(255 / area)
  const levels = new Uint8ClampedArray(tiles * tiles * 256)
  for (let at = 0; at < tiles * tiles; at++) {
    const counts = countTile(plane, options, tile, [at % tiles, Math.floor(at / tiles)])
    clip(counts, limit)
    let sum = 0
    for (let level = 0; level < 256; level++) {
      sum += counts[level] ?? 0
      levels[at * 256 + level] = Math.fround(sum * scale)
    }
  }
  return levels
}

/** The tiles before and after a pixel along one axis, times `step`, and the weight of the one after. */
function neighbours(length: number, tile: number, tiles: number, step: number) {
  const place = (i: number) => i / tile - 0.5
  const index = (i: number) => step * Math.min(tiles - 1, Math.max(0, i))
  return {
    before: Int32Array.from({ length }, (_, i) => index(Math.floor(place(i)))),
    after: Int32Array.from({ length }, (_, i) => index(Math.floor(place(i)) + 1)),
    weight: Float64Array.from({ length }, (_, i) => place(i) - Math.floor(place(i))),
  }
}

/** Equalises `[height, width]` levels. */
export function clahePlane(plane: Uint8Array, options: ClaheOptions): Uint8Array {
  const { width, height, tiles } = options
  const tile = tileSize(options)
  const levels = tileLevels(plane, options, tile)
  const columns = neighbours(width, tile.width, tiles, 256)
  const rows = neighbours(height, tile.height, tiles, 256 * tiles)
  const result = new Uint8ClampedArray(plane.length)
  for (let y = 0, at = 0; y < height; y++) {
    const [above, below] = [rows.before[y] ?? 0, rows.after[y] ?? 0]
    const low = rows.weight[y] ?? 0
    for (let x = 0; x < width; x++, at++) {
      const level = plane[at] ?? 0
      const left = (columns.before[x] ?? 0) + level
      const right = (columns.after[x] ?? 0) + level
      const share = columns.weight[x] ?? 0
      const upper = (levels[above + left] ?? 0) * (1 - share) + (levels[above + right] ?? 0) * share
      const lower = (levels[below + left] ?? 0) * (1 - share) + (levels[below + right] ?? 0) * share
      result[at] = upper * (1 - low) + lower * low
    }
  }
  return new Uint8Array(result.buffer)
}

export const clahe: Draw<Operations['clahe']> = ({ on, tiles, ...settings }, random, size) => {
  const clipLimit = drawFrom(random, settings.clipLimit)
  const options = { ...size, tiles, clipLimit }
  const change = (plane: Uint8Array) => clahePlane(plane, options)
  return {
    values: { clipLimit },
    steps: [{ does: 'paint', paint: (sample) => changePlanes(sample, on, change) }],
  }
}
