import type { Recipe } from '../../../shared/recipe.ts'
import type { Position } from '../canvas/viewport.ts'
import { type Handle, handleAt } from './handles.ts'
import type { RecipeEditor } from './recipe-editor.ts'

/** Drags handles of a recipe: idle, or dragging one. A drag is one step of undo. */
export class HandleTool {
  readonly #editor: RecipeEditor
  readonly #handles: (recipe: Recipe) => readonly Handle[]
  #drag: { handle: Handle; start: Recipe; from: Position; key: string } | null = null
  #drags = 0

  constructor(editor: RecipeEditor, handles: (recipe: Recipe) => readonly Handle[]) {
    this.#editor = editor
    this.#handles = handles
  }

  get isDragging(): boolean {
    return this.#drag !== null
  }

  /** The handle under the pointer, or the one that is dragged. */
  at(position: Position, reachPx: number): Handle | undefined {
    if (this.#drag) return this.#drag.handle
    return handleAt(this.#handles(this.#editor.get().recipe), position, reachPx)
  }

  /** Returns whether there was something to take hold of. */
  down(from: Position, reachPx: number): boolean {
    const start = this.#editor.get().recipe
    const handle = handleAt(this.#handles(start), from, reachPx)
    if (!handle) return false
    this.#drags += 1
    this.#editor.settle()
    this.#drag = { handle, start, from, key: `drag ${this.#drags}` }
    return true
  }

  move(to: Position): void {
    if (!this.#drag) return
    const { handle, start, from, key } = this.#drag
    this.#editor.change(() => handle.drag(start, from, to), key)
  }

  up(): void {
    this.#drag = null
    this.#editor.settle()
  }

  cancel(): void {
    if (!this.#drag) return
    this.#drag = null
    this.#editor.abandon()
  }
}
