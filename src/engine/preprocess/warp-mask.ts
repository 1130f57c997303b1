/** @file Masks through the recipe, nearest neighbour: class indices cannot be mixed. */
import { pictureToTape, tapeToPicture } from '../../shared/geometry.ts'
import { canonicalJson, type Recipe, type Size } from '../../shared/recipe.ts'
import type { Point } from '../../shared/region.ts'

/** For each pixel of the result the index of the pixel it is taken from; `nowhere` for none. */
type Lookup = Int32Array

const nowhere = -1

/**
 * Maps a mask in tape pixels, `[height, width]`, to the recipe's picture, by the
 * closed form. Pixels that the tape does not show get the value `outside`.
 */
export function warpNearest(
  pixels: Uint8Array,
  { width, height }: Size,
  recipe: Recipe,
  outside = 0,
): Uint8Array {
  const lookup = remembered(canonicalJson([width, height, recipe]), () =>
    lookupFor(recipe.size, { width, height }, pictureToTape(recipe)),
  )
  return looked(pixels, lookup, outside)
}

/**
 * Maps a mask in the picture of the recipe `from` to that of `to`. Always map from the original
 * mask, never from a mapped copy. Pixels that the original does not show get the value `outside`.
 */
export function rewarpNearest(
  pixels: Uint8Array,
  from: Recipe,
  to: Recipe,
  outside = 0,
): Uint8Array {
  const lookup = remembered(canonicalJson([from, to]), () => {
    const toTape = pictureToTape(to)
    const toOriginal = tapeToPicture(from)
    return lookupFor(to.size, from.size, (x, y) => toOriginal(...toTape(x, y)))
  })
  return looked(pixels, lookup, outside)
}

function lookupFor(size: Size, from: Size, map: (x: number, y: number) => Point | null): Lookup {
  const lookup = new Int32Array(size.width * size.height)
  for (let row = 0; row < size.height; row++)
    for (let column = 0; column < size.width; column++) {
      const point = map(column + 0.5, row + 0.5)
      lookup[row * size.width + column] = point ? indexIn(from, point) : nowhere
    }
  return lookup
}

function indexIn({ width, height }: Size, point: Point): number {
  const [column, row] = [Math.floor(point[0]), Math.floor(point[1])]
  const isInside = column >= 0 && row >= 0 && column < width && row < height
  return isInside ? row * width + column : nowhere
}

function looked(pixels: Uint8Array, lookup: Lookup, outside: number): Uint8Array {
  const result = new Uint8Array(lookup.length)
  for (let i = 0; i < lookup.length; i++) result[i] = pixels[lookup[i] ?? nowhere] ?? outside
  return result
}

/** The latest lookup: masks come many at a time through the same recipe. */
let latest: { key: string; lookup: Lookup } = { key: '', lookup: new Int32Array() }

function remembered(key: string, make: () => Lookup): Lookup {
  if (latest.key !== key) latest = { key, lookup: make() }
  return latest.lookup
}
