import type { Project } from '../db/project.ts'
import type { Source } from '../db/sources.ts'
import type { MaskGeometry } from '../labels/fit-mask.ts'
import { warpNearest } from '../preprocess/warp-mask.ts'
import { requireRecipe } from './project-recipe.ts'

/** How mask files come from the pixels of a tape to those of the project's picture. */
export function maskGeometry(project: Project, { info }: Source): MaskGeometry {
  const { recipe, geometryHash } = requireRecipe(project)
  return {
    tape: { width: info.width, height: info.height },
    recipe: recipe.size,
    geometryHash,
    throughRecipe: (mask) => ({ ...recipe.size, data: warpNearest(mask.data, mask, recipe) }),
  }
}
