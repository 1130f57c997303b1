/** @file The identity of a recipe's geometry. */
import { createHash } from 'node:crypto'
import { canonicalJson, type Recipe } from '../../shared/recipe.ts'

/**
 * SHA-256, as hex, of the canonical JSON of a checked recipe. Recipes that map every pixel alike
 * because they were given with and without their defaults have the same hash.
 */
export function geometryHash(recipe: Recipe): string {
  return createHash('sha256').update(canonicalJson(recipe)).digest('hex')
}
