/** @file What a hand on the Tape screen changes in a recipe. All functions return a new one. */
import { cropOf, viewSizeOf } from '../../../shared/geometry.ts'
import { halfExtent } from '../../../shared/geometry-lens.ts'
import {
  type Crop,
  type Lens,
  maximumSide,
  minimumSide,
  type Recipe,
  type Size,
  type View,
} from '../../../shared/recipe.ts'
import { recipeFor, resolveView } from '../../../shared/recipe-defaults.ts'

/** The recipe that changes nothing: the whole tape, pixel by pixel. */
export function plainRecipe({ width, height }: Size): Recipe {
  return recipeFor({}, { width, height })
}

/** A circle to start from where none could be guessed: the largest in the middle of the tape. */
export function firstLens({ width, height }: Size): Lens {
  const radius = Math.min(width, height) / 2
  return { cx: width / 2, cy: height / 2, radius, fov: 180, projection: 'equidistant' }
}

export function withFisheye(tape: Size, lens: Lens = firstLens(tape)): Recipe {
  return recipeFor({ lens }, tape)
}

const clamp = (value: number, low: number, high: number): number =>
  Math.min(Math.max(value, low), high)

const tenth = (value: number): number => Math.round(value * 10) / 10

/** Moves or resizes the circle; to a tenth of a pixel, and so that some of it stays on the tape. */
export function withLens(recipe: Recipe, change: Partial<Lens>, tape: Size): Recipe {
  if (!recipe.lens) return recipe
  const lens = { ...recipe.lens, ...change }
  return {
    ...recipe,
    lens: {
      ...lens,
      cx: tenth(clamp(lens.cx, 0, tape.width)),
      cy: tenth(clamp(lens.cy, 0, tape.height)),
      radius: tenth(clamp(lens.radius, minimumSide, 2 * Math.max(tape.width, tape.height))),
      fov: tenth(clamp(lens.fov, 10, 360)),
    },
  }
}

/** An angle within half a turn to both sides. */
function turned(degrees: number): number {
  return tenth(((((degrees + 180) % 360) + 360) % 360) - 180)
}

/** Whether a pixel of the view is as wide as it is high, as nearly as anybody can see. */
export function hasSquarePixels(recipe: Recipe): boolean {
  if (!recipe.view) return true
  const { vfov } = resolveView({ ...recipe.view, vfov: undefined }, viewSizeOf(recipe))
  return Math.abs(vfov - recipe.view.vfov) < 0.05
}

/** Turns the view or makes it wider; `square` derives the height that keeps pixels square. */
export function withView(recipe: Recipe, change: Partial<View>, square: boolean): Recipe {
  if (!recipe.view) return recipe
  const view = { ...recipe.view, ...change }
  const asked: View = {
    yaw: turned(view.yaw),
    pitch: clamp(tenth(view.pitch), -90, 90),
    roll: turned(view.roll),
    hfov: clamp(tenth(view.hfov), 5, 170),
    vfov: clamp(view.vfov, 5, 170),
  }
  return { ...recipe, view: square ? squared(asked, viewSizeOf(recipe)) : asked }
}

function squared(view: View, size: Size): View {
  const { vfov } = resolveView({ ...view, vfov: undefined }, size)
  return { ...view, vfov: clamp(vfov, 1, 170) }
}

/** Sides of at least the smallest picture, in whole pixels, no wider than what is cropped. */
function fittedCrop(crop: Crop, within: Size): Crop {
  const width = clamp(Math.round(crop.width), Math.min(minimumSide, within.width), within.width)
  const height = clamp(Math.round(crop.height), Math.min(minimumSide, within.height), within.height)
  return {
    x: clamp(Math.round(crop.x), 0, within.width - width),
    y: clamp(Math.round(crop.y), 0, within.height - height),
    width,
    height,
  }
}

/** What the crop is cut from: the view's picture, or without a lens the tape. */
export function cropRoom(recipe: Recipe, tape: Size): Size {
  return recipe.lens ? viewSizeOf(recipe) : tape
}

/** Cuts out a part; the result keeps its pixels per pixel of what is cut. */
export function withCrop(recipe: Recipe, crop: Crop, tape: Size): Recipe {
  const room = cropRoom(recipe, tape)
  const before = cropOf(recipe)
  const fitted = fittedCrop(crop, room)
  const across = recipe.size.width / before.width
  const down = recipe.size.height / before.height
  const size = {
    width: side(fitted.width * across),
    height: side(fitted.height * down),
  }
  return { ...recipe, viewSize: recipe.lens ? room : null, crop: fitted, size }
}

/** Takes the crop off. */
export function withoutCrop(recipe: Recipe, tape: Size): Recipe {
  const whole = withCrop(recipe, { x: 0, y: 0, ...cropRoom(recipe, tape) }, tape)
  return recipe.lens ? { ...whole, viewSize: null, crop: null } : whole
}

const side = (length: number): number => clamp(Math.round(length), minimumSide, maximumSide)

/**
 * Another size of the result. One side alone takes the other with it in proportion, unless `keep` is
 * false: then a view without a crop shows more or less, and anything else is stretched.
 */
export function withSize(recipe: Recipe, change: Partial<Size>, keep: boolean): Recipe {
  const shape = shapeOf(recipe)
  const { width, height } = change
  const size: Size = !keep
    ? { ...recipe.size, ...change }
    : width !== undefined
      ? { width, height: (width * shape.height) / shape.width }
      : {
          width: ((height ?? recipe.size.height) * shape.width) / shape.height,
          height: height ?? 0,
        }
  const rounded = { width: side(size.width), height: side(size.height) }
  const next = { ...recipe, size: rounded }
  const { view, crop, viewSize } = recipe
  if (!view || crop || viewSize || keep || !hasSquarePixels(recipe)) return next
  return { ...next, view: squared(view, rounded) }
}

/** The proportions at which nothing is stretched. */
function shapeOf(recipe: Recipe): Size {
  if (recipe.crop) return recipe.crop
  if (!recipe.view) return viewSizeOf(recipe)
  const half = halfExtent(recipe.view)
  return { width: half.x, height: half.y }
}

/** Whether the result is stretched, that is, whether a circle would be an ellipse in it. */
export function isStretched(recipe: Recipe): boolean {
  const shape = recipe.crop ?? viewSizeOf(recipe)
  const across = recipe.size.width / shape.width
  const down = recipe.size.height / shape.height
  return Math.abs(across / down - 1) > 0.02 || !hasSquarePixels(recipe)
}
