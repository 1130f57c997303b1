import { existsSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { backupsFolder } from '../../../src/engine/db/layout.ts'
import { createProject } from '../../../src/engine/db/project.ts'
import { activeRecipe, recipeByHash, setRecipe } from '../../../src/engine/db/recipes.ts'
import { recipeSchema } from '../../../src/shared/recipe.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()

const recipe = (width: number) => recipeSchema.parse({ size: { width, height: 240 } })

test('the recipe put into use last counts, and earlier ones are still known by their hash', () => {
  const project = createProject(temporary('recipes.maskbench'))
  expect(activeRecipe(project)).toBeUndefined()
  const first = setRecipe(project, recipe(320))
  const second = setRecipe(project, recipe(640))
  expect(activeRecipe(project)).toEqual(second)
  expect(recipeByHash(project, first.geometryHash)).toEqual(first)
  // Back to an earlier geometry: the same hash, so its runs and labels fit again.
  expect(setRecipe(project, recipe(320))).toEqual(first)
  expect(activeRecipe(project)).toEqual(first)
  project.close()
})

test('a recipe is changed after a backup; the first one, and the same again, need none', () => {
  const project = createProject(temporary('backed-up.maskbench'))
  setRecipe(project, recipe(320))
  setRecipe(project, recipe(320))
  expect(existsSync(backupsFolder(project.dir))).toBe(false)
  setRecipe(project, recipe(640))
  expect(readdirSync(backupsFolder(project.dir))).toHaveLength(1)
  project.close()
})
