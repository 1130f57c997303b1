/** @file What a set says of its things and pictures that nobody keeps: counted, and said once. */
import type { SetProblem } from './annotated-set.ts'

/** Counts what is not taken, by what it is. */
export class LeftOut {
  readonly #counts = new Map<string, number>()

  /** `what` is for people, in the plural: `objects marked as "difficult"`. */
  add(what: string, count = 1): void {
    if (count > 0) this.#counts.set(what, (this.#counts.get(what) ?? 0) + count)
  }

  /** One sentence for each kind; `file` is what they are said of. */
  *problems(file: string): Generator<SetProblem> {
    for (const [what, count] of this.#counts)
      yield { file, why: `not kept: ${what} (${count.toLocaleString('en-US')})` }
  }
}
