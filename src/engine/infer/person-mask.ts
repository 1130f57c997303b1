/** @file Stored probability maps at the resolution of the project's picture. */
import type { Size } from '../../shared/recipe.ts'
import { axisTable } from './axis-table.ts'
import { oddsOfByte } from './map-odds.ts'
import type { ProbabilityMap } from './types.ts'

/**
 * Log-odds of a person at every pixel of a picture of this size, `[height, width]`: the map's,
 * interpolated with half-pixel centres.
 */
export function personLogOdds(map: ProbabilityMap, { width, height }: Size): Float32Array {
  const columns = axisTable(width, { points: map.width, start: 0, cover: map.width })
  const rows = axisTable(height, { points: map.height, start: 0, cover: map.height })
  const odds = Float32Array.from(map.data, (byte) => oddsOfByte[byte] ?? 0)
  const line = new Float32Array(map.width)
  const result = new Float32Array(width * height)
  for (let y = 0; y < height; y++) {
    const above = (rows.before[y] ?? 0) * map.width
    const below = (rows.after[y] ?? 0) * map.width
    const down = rows.weight[y] ?? 0
    for (let x = 0; x < map.width; x++) {
      const from = odds[above + x] ?? 0
      line[x] = from + ((odds[below + x] ?? 0) - from) * down
    }
    for (let x = 0; x < width; x++) {
      const left = line[columns.before[x] ?? 0] ?? 0
      const right = line[columns.after[x] ?? 0] ?? 0
      result[y * width + x] = left + (right - left) * (columns.weight[x] ?? 0)
    }
  }
  return result
}

/** Class indices, `[height, width]`: `person` where a person is at least as likely as not. */
export function personMask(map: ProbabilityMap, size: Size, person: number): Uint8Array {
  const odds = personLogOdds(map, size)
  const mask = new Uint8Array(odds.length)
  for (let pixel = 0; pixel < mask.length; pixel++)
    if ((odds[pixel] ?? 0) >= 0) mask[pixel] = person
  return mask
}
