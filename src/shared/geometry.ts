/**
 * @file The recipe's mapping in closed form, both ways: tape pixels ↔ pixels of the project's
 * picture. Points are continuous; the centre of pixel (i, j) is (i + 0.5, j + 0.5).
 */
import {
  halfExtent,
  lensDirection,
  lensImage,
  turnToCamera,
  turnToLens,
  type Vector,
} from './geometry-lens.ts'
import type { Crop, Recipe, Size } from './recipe.ts'
import type { Point } from './region.ts'

/** Size of the picture that the crop is cut from: the view's, or without a lens the tape's part. */
export function viewSizeOf(recipe: Recipe): Size {
  return recipe.viewSize ?? recipe.size
}

/** The rectangle of the view's picture (without a lens: of the tape) that becomes the picture. */
export function cropOf(recipe: Recipe): Crop {
  return recipe.crop ?? { x: 0, y: 0, ...viewSizeOf(recipe) }
}

/**
 * Maps a point of the picture to the tape. The result may lie outside the image circle and outside
 * the tape: there is no picture there.
 */
export function pictureToTape(recipe: Recipe): (x: number, y: number) => Point {
  const { lens, view, size } = recipe
  const crop = cropOf(recipe)
  const uncrop = (x: number, y: number): Point => [
    crop.x + (x * crop.width) / size.width,
    crop.y + (y * crop.height) / size.height,
  ]
  if (!lens || !view) return uncrop
  const rendered = viewSizeOf(recipe)
  const half = halfExtent(view)
  const turn = turnToLens(view)
  const image = lensImage(lens)
  return (x, y) => {
    const [column, row] = uncrop(x, y)
    const right = half.x * ((2 * column) / rendered.width - 1)
    const down = half.y * ((2 * row) / rendered.height - 1)
    return image(turn([right, down, 1]))
  }
}

/**
 * Maps a point of the tape to homogeneous coordinates (x, y, w) of the picture: the point is
 * (x / w, y / w) where w > 0; where w <= 0 it lies behind the view's camera.
 */
export function tapeToHomogeneous(recipe: Recipe): (x: number, y: number) => Vector {
  const { lens, view, size } = recipe
  const crop = cropOf(recipe)
  const toPicture = ([column, row, w]: Vector): Vector => [
    ((column - crop.x * w) * size.width) / crop.width,
    ((row - crop.y * w) * size.height) / crop.height,
    w,
  ]
  if (!lens || !view) return (x, y) => toPicture([x, y, 1])
  const rendered = viewSizeOf(recipe)
  const half = halfExtent(view)
  const turn = turnToCamera(view)
  const direction = lensDirection(lens)
  return (x, y) => {
    const seen = direction(x, y)
    if (!seen) return behind
    const [right, down, ahead] = turn(seen)
    const column = ((right / half.x + ahead) / 2) * rendered.width
    const row = ((down / half.y + ahead) / 2) * rendered.height
    return toPicture([column, row, ahead])
  }
}

/** Stands for tape points so far out that no direction reaches them. */
const behind: Vector = [0, 0, -1]

/**
 * Maps a point of the tape to the picture; null where the view's camera cannot see it because it
 * lies behind it. The result may lie outside the picture's rectangle.
 */
export function tapeToPicture(recipe: Recipe): (x: number, y: number) => Point | null {
  const map = tapeToHomogeneous(recipe)
  return (x, y) => {
    const [column, row, w] = map(x, y)
    return w > nearestAhead ? [column / w, row / w] : null
  }
}

/** Cosine of the angle off the camera's axis from which a direction counts as beside it. */
const nearestAhead = 1e-9
