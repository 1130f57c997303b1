/** @file Which objects of one mask lie on which of another, and by how many pixels. */
import type { Size } from '../../shared/recipe.ts'
import type { Raster } from '../formats/annotated-set.ts'

/** Pixels that an object of one mask shares with one of another; objects by their positions. */
export interface Overlap {
  truth: number
  predicted: number
  pixels: number
}

/** Number of pixels of an object. */
export function pixelsOf({ data }: Raster): number {
  let count = 0
  for (let pixel = 0; pixel < data.length; pixel++) count += data[pixel] ?? 0
  return count
}

/** Calls back with the position in the picture of each pixel of an object. */
function eachPixel(object: Raster, { width }: Size, visit: (position: number) => void): void {
  for (let row = 0, pixel = 0; row < object.height; row++) {
    const start = (object.y + row) * width + object.x
    for (let column = 0; column < object.width; column++, pixel++)
      if (object.data[pixel]) visit(start + column)
  }
}

/**
 * All pairs that share pixels, by the predicted object.
 * @param truth objects of which no two share a pixel, as the connected parts of a mask
 * @param size of the picture that all of them lie in
 */
export function overlapsOf(
  truth: readonly Raster[],
  predicted: readonly Raster[],
  size: Size,
): Overlap[] {
  if (truth.length === 0 || predicted.length === 0) return []
  const owners = new Int32Array(size.width * size.height)
  for (const [at, object] of truth.entries())
    eachPixel(object, size, (position) => {
      owners[position] = at + 1
    })
  return predicted.flatMap((object, at) => {
    const shared = new Map<number, number>()
    eachPixel(object, size, (position) => {
      const owner = owners[position] ?? 0
      if (owner > 0) shared.set(owner - 1, (shared.get(owner - 1) ?? 0) + 1)
    })
    return [...shared].map(([owner, pixels]) => ({ truth: owner, predicted: at, pixels }))
  })
}
