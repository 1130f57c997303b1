/** @file The recipes of a project: the one in use, and those that regions and masks were made in. */
import { z } from 'zod'
import { canonicalJson, type Recipe, recipeSchema } from '../../shared/recipe.ts'
import { geometryHash } from '../preprocess/geometry-hash.ts'
import { rotateBackups } from './backup.ts'
import { type Project, requireWriter, write } from './handle.ts'
import { first, json } from './rows.ts'

export interface StoredRecipe {
  geometryHash: string
  recipe: Recipe
}

const row = z.object({ geometryHash: z.string(), recipe: json(recipeSchema) })
const select = 'SELECT geometry_hash AS geometryHash, json AS recipe FROM recipe'

/** The recipe in use, or undefined in a new project. */
export function activeRecipe(project: Project): StoredRecipe | undefined {
  return first(project.db, row, `${select} ORDER BY id DESC LIMIT 1`)
}

/** A recipe that is or was in use; regions and masks keep the hash of the one they were made in. */
export function recipeByHash(project: Project, geometryHash: string): StoredRecipe | undefined {
  return first(project.db, row, `${select} WHERE geometry_hash = ? LIMIT 1`, geometryHash)
}

/** Makes the backup that a change of the recipe asks for; none where there is no recipe yet. */
export function backUpRecipe(project: Project): void {
  requireWriter(project)
  if (activeRecipe(project)) rotateBackups(project.db, project.dir, 'before-recipe-change')
}

/** Puts a recipe into use without a backup, for who has made one. */
export function putRecipe(project: Project, recipe: Recipe): StoredRecipe {
  const hash = geometryHash(recipe)
  const before = activeRecipe(project)
  if (before?.geometryHash === hash) return before
  write(project, (db) =>
    db
      .prepare('INSERT INTO recipe (geometry_hash, json, created_at) VALUES (?, ?, ?)')
      .run(hash, canonicalJson(recipe), new Date().toISOString()),
  )
  return { geometryHash: hash, recipe }
}

/**
 * Puts a recipe into use, after a backup where another one was. Regions, masks and runs stay as
 * they are, with the hash of the recipe they belong to.
 */
export function setRecipe(project: Project, recipe: Recipe): StoredRecipe {
  if (activeRecipe(project)?.geometryHash !== geometryHash(recipe)) backUpRecipe(project)
  return putRecipe(project, recipe)
}
