import type { Workbench } from '../../shared/contract.ts'
import type { Handlers } from '../../shared/rpc.ts'
import { getSource } from '../db/sources.ts'
import { changeRecipe, guessRecipe, recipeEffect } from '../jobs/change-recipe.ts'
import type { OpenProjects } from '../workbench/open-projects.ts'
import { refreshPoster } from '../workbench/refresh-poster.ts'

type Methods = 'recipe.guess' | 'recipe.effect' | 'recipe.set'

export function recipeHandlers(projects: OpenProjects): Pick<Handlers<Workbench>, Methods> {
  return {
    'recipe.guess'({ project, tape }, work) {
      const { engine } = projects.get(project)
      return guessRecipe(engine, getSource(engine.project, tape), work)
    },
    'recipe.effect': ({ project, recipe }) =>
      recipeEffect(projects.get(project).engine.project, recipe),
    'recipe.set'({ project, recipe }) {
      const open = projects.forWriting(project)
      const { geometryHash } = changeRecipe(open.engine.project, recipe)
      open.changed('recipe', 'regions', 'frames', 'rule')
      void refreshPoster(projects, open.engine)
      return { geometryHash }
    },
  }
}
