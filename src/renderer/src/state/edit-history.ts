/** @file Undo and redo of an immutable value. */

/** Older steps are forgotten: a value of a screen is small, but not free. */
const deepest = 500

/**
 * The values that something had, and where one is among them. Changes with the same `key`, one right
 * after the other, are one step: a drag, a slider that is held, a number that is typed.
 */
export class EditHistory<Value> {
  #past: Value[] = []
  #present: Value
  #future: Value[] = []
  #key: string | null = null

  constructor(value: Value) {
    this.#present = value
  }

  get value(): Value {
    return this.#present
  }

  get canUndo(): boolean {
    return this.#past.length > 0
  }

  get canRedo(): boolean {
    return this.#future.length > 0
  }

  /** A new value; without a key it is a step of its own. */
  change(value: Value, key: string | null = null): void {
    if (Object.is(value, this.#present)) return
    if (key === null || key !== this.#key)
      this.#past = [...this.#past, this.#present].slice(-deepest)
    this.#present = value
    this.#future = []
    this.#key = key
  }

  /** The next change is a step of its own, whatever its key. */
  settle(): void {
    this.#key = null
  }

  undo(): void {
    const before = this.#past.at(-1)
    if (before === undefined) return
    this.#past = this.#past.slice(0, -1)
    this.#future = [this.#present, ...this.#future]
    this.#present = before
    this.#key = null
  }

  /** Undoes the step under way as if it had never been. */
  abandon(): void {
    const future = this.#future
    if (this.#key === null) return
    this.undo()
    this.#future = future
  }

  redo(): void {
    const [next, ...later] = this.#future
    if (next === undefined) return
    this.#past = [...this.#past, this.#present]
    this.#future = later
    this.#present = next
    this.#key = null
  }

  /** Puts another value in the present's place without a step: what was changed elsewhere. */
  replace(value: Value): void {
    this.#present = value
  }

  /** Changes every value of past, present and future, such as to give things their final names. */
  rewrite(change: (value: Value) => Value): void {
    this.#past = this.#past.map(change)
    this.#present = change(this.#present)
    this.#future = this.#future.map(change)
  }

  /** Starts anew from a value; nothing can be undone. */
  reset(value: Value): void {
    this.#past = []
    this.#present = value
    this.#future = []
    this.#key = null
  }
}
