/** @file Recipes from outside: checked against their schema and the tape, nothing left open. */
import { z } from 'zod'
import { AppError } from './errors.ts'
import { halfExtent } from './geometry-lens.ts'
import {
  type Crop,
  type Lens,
  maximumSide,
  minimumSide,
  type Recipe,
  recipeSchema,
  type Size,
  sizeSchema,
  type View,
} from './recipe.ts'

/**
 * Checks a recipe for a tape of the size `tape` and fills in what it leaves open, so that equal
 * geometry gives an equal recipe.
 *
 * @throws AppError `bad-recipe` that names the value and what was expected.
 */
export function checkRecipe(input: unknown, tape: Size): Recipe {
  const recipe = completed(parsed(recipeSchema, input), tape)
  const { lens, crop, viewSize, size } = recipe
  if (crop) checkCrop(crop, lens ? (viewSize ?? size) : tape, lens ? 'the view' : 'the tape')
  if (lens) checkLens(lens, tape)
  return recipe
}

/** Checks a size alone, for what is derived from it. Throws like `checkRecipe`. */
export function checkSize(size: Size): Size {
  return parsed(z.object({ size: sizeSchema }), { size }).size
}

function parsed<Value>(schema: z.ZodType<Value>, input: unknown): Value {
  const result = schema.safeParse(input)
  if (!result.success) throw badRecipe(issueText(result.error))
  return result.data
}

function badRecipe(message: string, hint = 'Correct this value.'): AppError {
  return new AppError('bad-recipe', `recipe: ${message}`, hint)
}

/** The first issue, with the place of the value: `lens.fov: 400 given, …`. */
function issueText({ issues: [issue] }: z.ZodError): string {
  if (!issue) return 'not a recipe'
  const place = z.core.toDotPath(issue.path)
  return place === '' ? issue.message : `${place}: ${issue.message}`
}

/** Fills in the parts that follow from others, and drops those that change nothing. */
function completed(recipe: Recipe, tape: Size): Recipe {
  const { lens, view, size } = recipe
  if (!lens || !view)
    return { ...recipe, viewSize: null, crop: recipe.crop ?? { x: 0, y: 0, ...tape } }
  const rendered = recipe.viewSize ?? (recipe.crop ? viewSizeFor(lens, view) : size)
  const crop = recipe.crop && isWhole(recipe.crop, rendered) ? null : recipe.crop
  return { ...recipe, crop, viewSize: !crop && sameSize(rendered, size) ? null : rendered }
}

/** As wide as the image circle, with square pixels. */
function viewSizeFor(lens: Lens, view: View): Size {
  const half = halfExtent(view)
  const width = sideWithin(2 * lens.radius)
  return { width, height: sideWithin((width * half.y) / half.x) }
}

function sideWithin(length: number): number {
  return Math.min(maximumSide, Math.max(minimumSide, Math.round(length)))
}

const sameSize = (a: Size, b: Size): boolean => a.width === b.width && a.height === b.height

const isWhole = (crop: Crop, picture: Size): boolean =>
  crop.x === 0 && crop.y === 0 && sameSize(crop, picture)

function checkCrop({ x, y, width, height }: Crop, picture: Size, name: string): void {
  if (x + width <= picture.width && y + height <= picture.height) return
  throw badRecipe(
    `crop: ${x},${y},${width},${height} (x, y, width, height) reaches beyond ${name}, ` +
      `which is ${picture.width}x${picture.height}`,
    `Choose x + width of at most ${picture.width} and y + height of at most ${picture.height}.`,
  )
}

function checkLens({ cx, cy, radius }: Lens, tape: Size): void {
  const beside = Math.max(0, -cx, cx - tape.width)
  const above = Math.max(0, -cy, cy - tape.height)
  if (Math.hypot(beside, above) < radius) return
  throw badRecipe(
    `lens: the circle around ${cx},${cy} with radius ${radius} lies outside the tape, ` +
      `which is ${tape.width}x${tape.height}`,
    'Give centre and radius of the image circle in tape pixels.',
  )
}
