/**
 * @file Which values to keep so that others can be computed from them again: the cheapest cut, by
 * Ford and Fulkerson's largest flow (every value is a pipe as wide as its cost).
 */

export interface Keepable {
  name: string
  cost: number
  /** Values from which it can be computed again; null = it is kept, or what comes after it is. */
  from: readonly string[] | null
}

/** A network of pipes between numbered places. Pipe p and its way back, p ^ 1, are neighbours. */
class Pipes {
  readonly #to: number[] = []
  readonly #left: number[] = []
  readonly #starting = new Map<number, number[]>()

  join(from: number, to: number, width: number): void {
    this.#add(from, to, width)
    this.#add(to, from, 0)
  }

  #add(from: number, to: number, width: number): void {
    const pipe = this.#to.push(to) - 1
    this.#left.push(width)
    const others = this.#starting.get(from)
    if (others) others.push(pipe)
    else this.#starting.set(from, [pipe])
  }

  #endOf(pipe: number): number {
    return this.#to[pipe] ?? -1
  }

  #roomIn(pipe: number): number {
    return this.#left[pipe] ?? 0
  }

  /** A way from source to sink through pipes with room; empty when there is none. */
  #path(source: number, sink: number): number[] {
    const reachedBy = new Map<number, number | null>([[source, null]])
    for (const place of reachedBy.keys())
      for (const pipe of this.#starting.get(place) ?? [])
        if (this.#roomIn(pipe) > 0 && !reachedBy.has(this.#endOf(pipe)))
          reachedBy.set(this.#endOf(pipe), pipe)
    const path: number[] = []
    for (let pipe = reachedBy.get(sink) ?? null; pipe !== null; ) {
      path.push(pipe)
      pipe = reachedBy.get(this.#endOf(pipe ^ 1)) ?? null
    }
    return path
  }

  /** Sends as much as fits from source to sink. */
  fill(source: number, sink: number): void {
    for (let path = this.#path(source, sink); path.length > 0; path = this.#path(source, sink)) {
      const amount = Math.min(...path.map((pipe) => this.#roomIn(pipe)))
      for (const pipe of path) {
        this.#left[pipe] = this.#roomIn(pipe) - amount
        this.#left[pipe ^ 1] = this.#roomIn(pipe ^ 1) + amount
      }
    }
  }

  /** Places from which there is still room to the sink. */
  above(sink: number): Set<number> {
    const places = new Set([sink])
    for (const place of places)
      for (const pipe of this.#starting.get(place) ?? [])
        if (this.#roomIn(pipe ^ 1) > 0) places.add(this.#endOf(pipe))
    return places
  }
}

/**
 * The cheapest values to keep so that everything `needed` is kept or can be computed from what is
 * kept. Of equally cheap ones those nearest to what is needed: the least is computed again.
 * `values` holds everything that `needed` and `from` name; an infinite cost is never kept.
 */
export function cheapestCut(values: readonly Keepable[], needed: Iterable<string>): Set<string> {
  const pipes = new Pipes()
  const places = new Map(values.map(({ name }, i) => [name, 2 * i]))
  const entry = (name: string): number => places.get(name) ?? -1
  const [source, sink] = [2 * values.length, 2 * values.length + 1]
  for (const { name, cost, from } of values) {
    pipes.join(entry(name), entry(name) + 1, cost)
    if (from === null) pipes.join(source, entry(name), Number.POSITIVE_INFINITY)
    for (const other of from ?? [])
      pipes.join(entry(other) + 1, entry(name), Number.POSITIVE_INFINITY)
  }
  for (const name of needed) pipes.join(entry(name) + 1, sink, Number.POSITIVE_INFINITY)
  pipes.fill(source, sink)
  const above = pipes.above(sink)
  const kept = values.filter(({ name }) => !above.has(entry(name)) && above.has(entry(name) + 1))
  return new Set(kept.map(({ name }) => name))
}
