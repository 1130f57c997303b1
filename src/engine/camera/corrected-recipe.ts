/** @file The recipe that shows after a camera has moved what it showed before. */
import { turnedAboutAxis } from '../../shared/geometry-lens.ts'
import type { Crop, Recipe, Size } from '../../shared/recipe.ts'
import { moved, type Similarity } from './similarity.ts'

export interface Correction {
  recipe: Recipe
  /** Degrees that the picture stays turned by: without a lens a recipe cannot turn. */
  rotationLeft: number
}

/** A value that is rounded and kept within a range. */
const within = (value: number, least: number, most: number): number =>
  Math.min(Math.max(Math.round(value), least), most)

function movedCrop(crop: Crop, similarity: Similarity, tape: Size): Crop {
  const [cx, cy] = moved(similarity, tape)(crop.x + crop.width / 2, crop.y + crop.height / 2)
  const width = within(crop.width * similarity.zoom, 1, tape.width)
  const height = within(crop.height * similarity.zoom, 1, tape.height)
  return {
    x: within(cx - width / 2, 0, tape.width - width),
    y: within(cy - height / 2, 0, tape.height - height),
    width,
    height,
  }
}

/** Corrects a checked recipe for tapes of this size by the movement from the old tape to the new. */
export function correctedRecipe(recipe: Recipe, similarity: Similarity, tape: Size): Correction {
  const { lens, view, crop } = recipe
  if (!lens || !view)
    return {
      recipe: { ...recipe, crop: crop && movedCrop(crop, similarity, tape) },
      rotationLeft: similarity.rotation,
    }
  const [cx, cy] = moved(similarity, tape)(lens.cx, lens.cy)
  return {
    recipe: {
      ...recipe,
      lens: { ...lens, cx, cy, radius: lens.radius * similarity.zoom },
      view: turnedAboutAxis(view, similarity.rotation),
    },
    rotationLeft: 0,
  }
}
