import type { Recipe } from '../../shared/recipe.ts'
import type { Project } from '../db/project.ts'
import { recipeByHash } from '../db/recipes.ts'
import type { NewTraining } from '../db/trainings.ts'
import { requireRecipe } from './project-recipe.ts'

/** The recipe through which a training looks at its tapes; another one may be in use by now. */
export function trainingRecipe(
  project: Project,
  { geometryHash }: Pick<NewTraining, 'geometryHash'>,
): Recipe {
  return (recipeByHash(project, geometryHash) ?? requireRecipe(project)).recipe
}
