/** @file A complete recipe from what a user says, which may be little. */
import { halfExtent } from './geometry-lens.ts'
import { type Lens, maximumSide, minimumSide, type Recipe, type Size, type View } from './recipe.ts'
import { checkRecipe, checkSize } from './recipe-check.ts'

/** A view whose vertical field of view may be left to be derived. */
export type ViewRequest = Omit<View, 'vfov'> & { vfov?: number | undefined }

/** The parts of a recipe that `create` takes; each may be missing. */
export interface RecipeRequest {
  lens?: Lens | undefined
  view?: ViewRequest | undefined
  crop?: Recipe['crop'] | undefined
  size?: Size | undefined
}

/** Wider rectilinear views stretch the people at their edges to more than three times their size. */
const widestDefaultView = 110

/** Longest side of the default picture of a view: networks gain little from more. */
const defaultLongSide = 640

const degrees = (radians: number): number => (radians * 180) / Math.PI

/**
 * Fills in an absent vertical field of view so that pixels are square in a picture of the shape
 * `size`: tan(vfov/2) / tan(hfov/2) = height / width.
 */
export function resolveView(view: ViewRequest, size: Size): View {
  const half = Math.tan(((view.hfov / 2) * Math.PI) / 180)
  return {
    ...view,
    vfov: view.vfov ?? degrees(2 * Math.atan((half * size.height) / size.width)),
  }
}

/** The largest part of a view that fills a picture of the shape `size` with square pixels. */
export function fitView(view: View, size: Size): View {
  const half = halfExtent(view)
  const scale = Math.min(half.x / size.width, half.y / size.height)
  const field = (side: number): number => degrees(2 * Math.atan(side * scale))
  return { ...view, hfov: field(size.width), vfov: field(size.height) }
}

/**
 * The straight-ahead view where none is given: the square inscribed in the image circle, or 110
 * degrees where that is less.
 */
export function defaultView({ fov }: Lens): ViewRequest {
  const edge = Math.tan((Math.min(fov, 179) * Math.PI) / 360)
  const inscribed = degrees(2 * Math.atan(edge / Math.SQRT2))
  return { yaw: 0, pitch: 0, roll: 0, hfov: Math.min(widestDefaultView, Math.floor(inscribed)) }
}

/**
 * The recipe for a tape of the size `tape`. What is missing follows from the rest:
 * without a lens the crop is the whole tape and the size that of the crop; with a lens the view is
 * straight ahead, its vertical field of view gives square pixels, and the size is that of the crop,
 * or keeps the tape's detail in the middle of the view, with at most 640 pixels on the longer side.
 *
 * @throws AppError `bad-recipe` that names the value and what was expected.
 */
export function recipeFor(request: RecipeRequest, tape: Size): Recipe {
  const { lens = null, crop = null } = request
  const given = request.size && checkSize(request.size)
  const asked = request.view ?? (lens && defaultView(lens))
  const view = asked && resolveView(asked, crop ? square : (given ?? square))
  const size = given ?? sizeOf(crop) ?? (lens && view ? sizeFor(lens, view) : tape)
  return checkRecipe({ lens, view, crop, size }, tape)
}

const square: Size = { width: 1, height: 1 }

function sizeOf(crop: Size | null): Size | null {
  return crop && { width: crop.width, height: crop.height }
}

/** The size at which the middle of the view has as many pixels per degree as the tape. */
function sizeFor(lens: Lens, view: View): Size {
  const focal = lens.radius / ((lens.fov * Math.PI) / 360)
  const half = halfExtent(view)
  const scale = Math.min(1, defaultLongSide / (2 * focal * Math.max(half.x, half.y)))
  return {
    width: evenSide(2 * focal * half.x * scale),
    height: evenSide(2 * focal * half.y * scale),
  }
}

/** Even, because most tapes store colour at half the resolution. */
function evenSide(length: number): number {
  return Math.min(maximumSide, Math.max(minimumSide, 2 * Math.round(length / 2)))
}
