import type { RecipeEffect } from '../../../shared/contract/tapes.ts'
import { count } from '../format.ts'

/** What setting a recipe does to what is there, in sentences; none where there is nothing. */
export function effectLines({ regions, models, warnings }: RecipeEffect): string[] {
  const moved = `${count(regions, 'region')} will be moved to the new picture, from how they were first drawn.`
  const trained = `${count(models, 'network')} in all were trained on the picture as it was.`
  // The engine's own sentences tell of masks, counts and the network in use.
  return [...(regions > 0 ? [moved] : []), ...warnings, ...(models > 1 ? [trained] : [])]
}
