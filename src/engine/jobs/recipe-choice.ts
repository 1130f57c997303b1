/** @file The recipe of a new project: what the user gives, finds by itself, or takes from a file. */
import { type Lens, type Recipe, recipeSchema, type Size, type View } from '../../shared/recipe.ts'
import { checkRecipe } from '../../shared/recipe-check.ts'
import { fitView, recipeFor } from '../../shared/recipe-defaults.ts'
import { parseCrop, parseLens, parseSize, parseView } from '../../shared/recipe-text.ts'
import { readJson } from '../formats/json.ts'

/** The recipe as words of the command line. */
export interface RecipeWords {
  /** `CX,CY,RADIUS[,FOV]`, or `auto`. */
  lens?: string | undefined
  view?: string | undefined
  crop?: string | undefined
  size?: string | undefined
  /** A file that holds a whole recipe. */
  recipe?: string | undefined
}

/** Looks for the image circle in the tape. */
export type FindLens = () => Promise<{ lens: Lens; view: View }>

const parsed = <Value>(text: string | undefined, parse: (text: string) => Value) =>
  text === undefined ? undefined : parse(text)

/**
 * The recipe for a tape of this size.
 * @param inherited the recipe of another project, for what the words leave open
 * @throws AppError `bad-recipe`, `bad-json`, `no-lens-found`
 */
export async function chooseRecipe(
  words: RecipeWords,
  tape: Size,
  findLens: FindLens,
  inherited: Recipe | undefined,
): Promise<Recipe> {
  if (words.recipe !== undefined)
    return checkRecipe(await readJson(words.recipe, recipeSchema), tape)
  const { lens, view, crop, size } = words
  const says = [lens, view, crop, size].some((word) => word !== undefined)
  if (!says && inherited) return checkRecipe(inherited, tape)
  const found = lens === 'auto' ? await findLens() : undefined
  const pixels = parsed(size, parseSize)
  // A view that was found has the shape of what is lit; the picture may be asked for in another.
  const seen = found && pixels && crop === undefined ? fitView(found.view, pixels) : found?.view
  return recipeFor(
    {
      lens: found?.lens ?? parsed(lens, parseLens),
      view: parsed(view, parseView) ?? seen,
      crop: parsed(crop, parseCrop),
      size: pixels,
    },
    tape,
  )
}
