/** @file Outlines that tools draw, as the pixels inside them. */
import type { Size } from '../../../../shared/recipe.ts'
import type { Point } from '../../../../shared/region.ts'
import { rasterise } from '../../../../shared/region-raster.ts'
import { Selection } from './selection.ts'

/** The pixels whose centres lie in a polygon, by the even-odd rule, as regions are counted. */
export function polygonSelection(points: readonly Point[], size: Size): Selection {
  const selection = new Selection(size)
  const { spans } = rasterise(points, size)
  for (let i = 0; i < spans.length; i += 3)
    selection.add(spans[i] ?? 0, spans[i + 1] ?? 0, spans[i + 2] ?? 0)
  return selection
}

/** The whole pixels that two opposite corners touch. */
export function rectangleSelection([x1, y1]: Point, [x2, y2]: Point, size: Size): Selection {
  const selection = new Selection(size)
  const [left, right] = [Math.floor(Math.min(x1, x2)), Math.ceil(Math.max(x1, x2))]
  const bottom = Math.min(size.height, Math.ceil(Math.max(y1, y2)))
  for (let row = Math.max(0, Math.floor(Math.min(y1, y2))); row < bottom; row++)
    selection.add(row, left, right)
  return selection
}

/** The pixels whose centres lie in the ellipse that a rectangle's sides touch. */
export function ellipseSelection([x1, y1]: Point, [x2, y2]: Point, size: Size): Selection {
  const selection = new Selection(size)
  const [x, y] = [(x1 + x2) / 2, (y1 + y2) / 2]
  const [a, b] = [Math.abs(x2 - x1) / 2, Math.abs(y2 - y1) / 2]
  if (a === 0 || b === 0) return selection
  const last = Math.min(size.height - 1, Math.floor(y + b - 0.5))
  for (let row = Math.max(0, Math.ceil(y - b - 0.5)); row <= last; row++) {
    const half = a * Math.sqrt(Math.max(0, 1 - ((row + 0.5 - y) / b) ** 2))
    selection.add(row, Math.ceil(x - half - 0.5), Math.floor(x + half - 0.5) + 1)
  }
  return selection
}
