/** @file A 3x3 convolution cut into tiles, in the way that costs least. */
import { type Tile, tileChoices, tilesAlong } from './tiles.ts'

/** Products that take as long as it does to move a number of a pixel or point (measured). */
const productsPerMove = 100
/** Where at most this part of the time is left, it pays. */
const worthwhile = 0.75

/** Sizes of a 3x3 convolution that keeps the picture's size. */
export interface ConvolutionSizes {
  pictures: number
  /** Channels of the input and of the output. */
  channels: number
  filters: number
  height: number
  width: number
  dilation: number
}

export interface Tiling extends ConvolutionSizes {
  tile: Tile
  /** Tiles in a column and in a row of what belongs together. */
  down: number
  across: number
  /** Of all pictures and phases of the dilation. */
  tiles: number
  /** Pixels that a tile reads, points that it is computed at, and results. */
  pixels: number
  points: number
  results: number
}

function tilingOf(sizes: ConvolutionSizes, tile: Tile): Tiling {
  const { pictures, height, width, dilation } = sizes
  const down = tilesAlong(tile, height, dilation)
  const across = tilesAlong(tile, width, dilation)
  return {
    ...sizes,
    tile,
    down,
    across,
    tiles: pictures * dilation ** 2 * down * across,
    pixels: (tile.input[0]?.length ?? 0) ** 2,
    points: tile.input.length ** 2,
    results: tile.results ** 2,
  }
}

/** Time, in products. */
function costOf({ channels, filters, tiles, pixels, points, results }: Tiling): number {
  const there = channels * (points * pixels + productsPerMove * (pixels + points))
  const back = filters * (points * results + productsPerMove * (points + results))
  return tiles * (points * channels * filters + there + back)
}

/** The cheapest tiling; null where the convolution by itself is about as cheap. */
export function bestTiling(sizes: ConvolutionSizes): Tiling | null {
  const { pictures, channels, filters, height, width } = sizes
  const [best] = tileChoices
    .map((tile) => tilingOf(sizes, tile))
    .filter(({ tiles }) => tiles > 0)
    .sort((one, other) => costOf(one) - costOf(other))
  const direct = 9 * channels * filters * pictures * height * width
  return best && costOf(best) < worthwhile * direct ? best : null
}
