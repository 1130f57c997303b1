import { pictureToTape } from '../../../../shared/geometry.ts'
import type { Recipe, Size } from '../../../../shared/recipe.ts'

/** RGBA, 8 bit each, row by row. */
export interface Pixels extends Size {
  data: Uint8ClampedArray
}

/**
 * A tape's picture through a recipe, `size` large, by bilinear interpolation; black where the tape
 * shows nothing. Where there is no WebGL.
 */
export function renderOnProcessor(source: Pixels, recipe: Recipe, size: Size): Pixels {
  const data = new Uint8ClampedArray(4 * size.width * size.height)
  const toTape = pictureToTape(recipe)
  const across = recipe.size.width / size.width
  const down = recipe.size.height / size.height
  for (let row = 0, to = 0; row < size.height; row++)
    for (let column = 0; column < size.width; column++, to += 4) {
      const [x, y] = toTape((column + 0.5) * across, (row + 0.5) * down)
      if (x >= 0 && y >= 0 && x < source.width && y < source.height) sample(source, x, y, data, to)
      data[to + 3] = 255
    }
  return { ...size, data }
}

function sample(
  { width, height, data }: Pixels,
  x: number,
  y: number,
  target: Uint8ClampedArray,
  to: number,
): void {
  const left = Math.max(0, Math.floor(x - 0.5))
  const top = Math.max(0, Math.floor(y - 0.5))
  const right = Math.min(width - 1, left + 1)
  const bottom = Math.min(height - 1, top + 1)
  const across = Math.min(1, Math.max(0, x - 0.5 - left))
  const down = Math.min(1, Math.max(0, y - 0.5 - top))
  const at = (column: number, row: number, channel: number): number =>
    data[4 * (row * width + column) + channel] ?? 0
  for (let channel = 0; channel < 3; channel++) {
    const above = at(left, top, channel) * (1 - across) + at(right, top, channel) * across
    const below = at(left, bottom, channel) * (1 - across) + at(right, bottom, channel) * across
    target[to + channel] = above * (1 - down) + below * down
  }
}
