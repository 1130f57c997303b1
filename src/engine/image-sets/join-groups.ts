/** @file Groups of things that belong together, directly or through others. */

/** Joins numbers 0 … count − 1 (union by lowest, with path halving). */
export class JoinedGroups {
  readonly #first: Uint32Array

  constructor(count: number) {
    this.#first = Uint32Array.from({ length: count }, (_, i) => i)
  }

  #find(item: number): number {
    let at = item
    for (let up = this.#first[at] ?? at; up !== at; up = this.#first[at] ?? at) {
      this.#first[at] = this.#first[up] ?? up
      at = up
    }
    return at
  }

  join(a: number, b: number): void {
    const [x, y] = [this.#find(a), this.#find(b)]
    this.#first[Math.max(x, y)] = Math.min(x, y)
  }

  /** The groups by their lowest member, each in ascending order. */
  groups(): number[][] {
    const groups = new Map<number, number[]>()
    for (const item of this.#first.keys()) {
      const first = this.#find(item)
      const group = groups.get(first)
      if (group) group.push(item)
      else groups.set(first, [item])
    }
    return [...groups.values()]
  }
}
