/** @file Which rows (pixels with all their channels) the tiles of a picture read, and where their results lie. */
import type { Tiling } from './tiling.ts'

/** The tile that holds a result, by its place in each phase of the dilation. */
function tileOf({ dilation, down, across }: Tiling, at: Place): number {
  const phase = (at.picture * dilation + at.phaseDown) * dilation + at.phaseAcross
  return (phase * down + at.row) * across + at.column
}

/** A tile: its picture, the pixel that its dilated picture begins with, its place in there. */
interface Place {
  picture: number
  phaseDown: number
  phaseAcross: number
  row: number
  column: number
}

/** Calls back for each tile, in order. */
function forTiles({ pictures, dilation, down, across }: Tiling, use: (at: Place) => void): void {
  for (let picture = 0; picture < pictures; picture++)
    for (let phaseDown = 0; phaseDown < dilation; phaseDown++)
      for (let phaseAcross = 0; phaseAcross < dilation; phaseAcross++)
        for (let row = 0; row < down; row++)
          for (let column = 0; column < across; column++)
            use({ picture, phaseDown, phaseAcross, row, column })
}

/**
 * For each pixel of a tile and each tile the row of `[pictures · height · width]` that is read there:
 * `[pixels, tiles]`. Beside the picture it is the one after the last.
 */
export function rowsRead(tiling: Tiling): Int32Array {
  const { pictures, height, width, dilation, tile, tiles, pixels } = tiling
  const side = Math.sqrt(pixels)
  const rows = new Int32Array(pixels * tiles)
  let next = 0
  for (let pixel = 0; pixel < pixels; pixel++) {
    const [below, beside] = [Math.floor(pixel / side), pixel % side]
    forTiles(tiling, ({ picture, phaseDown, phaseAcross, row, column }) => {
      const y = phaseDown + dilation * (row * tile.results + tile.first + below)
      const x = phaseAcross + dilation * (column * tile.results + tile.first + beside)
      const isInside = y >= 0 && y < height && x >= 0 && x < width
      rows[next++] = isInside ? (picture * height + y) * width + x : pictures * height * width
    })
  }
  return rows
}

/** For each pixel of the pictures the row of `[results · tiles]` that is its result. */
export function rowsWritten(tiling: Tiling): Int32Array {
  const { pictures, height, width, dilation, tile, tiles } = tiling
  const rows = new Int32Array(pictures * height * width)
  let next = 0
  for (let picture = 0; picture < pictures; picture++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const [down, across] = [Math.floor(y / dilation), Math.floor(x / dilation)]
        const result = (down % tile.results) * tile.results + (across % tile.results)
        const at = tileOf(tiling, {
          picture,
          phaseDown: y % dilation,
          phaseAcross: x % dilation,
          row: Math.floor(down / tile.results),
          column: Math.floor(across / tile.results),
        })
        rows[next++] = result * tiles + at
      }
  return rows
}
