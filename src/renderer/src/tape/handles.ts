/** @file What of a recipe can be taken hold of in a picture. */
import type { Recipe } from '../../../shared/recipe.ts'
import type { Position } from '../canvas/viewport.ts'

/** All positions are of the picture that the handles lie in. */
export interface Handle {
  name: string
  /** Where a knob is drawn; null for a line or an area that can be taken hold of. */
  knob: Position | null
  cursor: string
  /** How far a position is from it, in pixels of the picture. */
  distance(at: Position): number
  /** The recipe after a drag that began at `from` with the recipe `start`. */
  drag(start: Recipe, from: Position, to: Position): Recipe
}

/**
 * The handle that a pointer takes hold of; the first of those within reach, so that knobs come before
 * lines and lines before areas.
 */
export function handleAt(
  handles: readonly Handle[],
  at: Position,
  reachPx: number,
): Handle | undefined {
  const near = handles.filter((handle) => handle.distance(at) <= reachPx)
  const knobs = near.filter(({ knob }) => knob !== null)
  return knobs.sort((a, b) => a.distance(at) - b.distance(at))[0] ?? near[0]
}

export const distanceTo =
  (knob: Position) =>
  (at: Position): number =>
    Math.hypot(at.x - knob.x, at.y - knob.y)
