import { type AppError, toAppError } from '../../../shared/errors.ts'
import { canonicalJson, type Recipe, type Size } from '../../../shared/recipe.ts'
import { checkRecipe } from '../../../shared/recipe-check.ts'
import { EditHistory } from '../state/edit-history.ts'
import { Store } from '../state/store.ts'
import { plainRecipe } from './recipe-edits.ts'

export interface RecipeDraft {
  recipe: Recipe
  /** Why it cannot be applied as it is. */
  problem: AppError | null
  /** Whether it is another than the one that is set. */
  isChanged: boolean
  /** Whether no recipe has been set yet. */
  isFirst: boolean
  canUndo: boolean
  canRedo: boolean
}

/** A recipe under the user's hands, until it is applied. */
export class RecipeEditor extends Store<RecipeDraft> {
  readonly tape: Size
  readonly #history: EditHistory<Recipe>
  #saved: Recipe | null

  /** `saved` is the project's recipe, null where it has none. */
  constructor(tape: Size, saved: Recipe | null) {
    const history = new EditHistory(saved ?? plainRecipe(tape))
    super(draftOf(history, saved, tape))
    this.tape = tape
    this.#saved = saved
    this.#history = history
  }

  /** Changes with the same key that follow each other are one step of undo. */
  change(edit: (recipe: Recipe) => Recipe, key: string | null = null): void {
    const next = edit(this.#history.value)
    if (canonicalJson(next) === canonicalJson(this.#history.value)) return
    this.#history.change(next, key)
    this.#tell()
  }

  settle(): void {
    this.#history.settle()
  }

  /** Takes back the step under way, as a drag that was not meant. */
  abandon(): void {
    this.#history.abandon()
    this.#tell()
  }

  undo(): void {
    this.#history.undo()
    this.#tell()
  }

  redo(): void {
    this.#history.redo()
    this.#tell()
  }

  /** Back to the recipe that is set; this can be undone. */
  discard(): void {
    this.change(() => this.#saved ?? plainRecipe(this.tape))
  }

  /** The project's recipe as the engine tells it. A draft that nobody has touched follows it. */
  follow(saved: Recipe | null): void {
    if (canonicalJson(saved) === canonicalJson(this.#saved)) return
    const wasTouched = this.get().isChanged
    this.#saved = saved
    if (saved && !wasTouched) this.#history.reset(saved)
    this.#tell()
  }

  #tell(): void {
    this.set(draftOf(this.#history, this.#saved, this.tape))
  }
}

function draftOf(history: EditHistory<Recipe>, saved: Recipe | null, tape: Size): RecipeDraft {
  const { canUndo, canRedo, value } = history
  const draft = { recipe: value, isFirst: saved === null, canUndo, canRedo }
  try {
    const checked = checkRecipe(value, tape)
    const isChanged = canonicalJson(checked) !== canonicalJson(saved)
    return { ...draft, problem: null, isChanged }
  } catch (error) {
    return { ...draft, problem: toAppError(error), isChanged: true }
  }
}
