/** @file Scores that were read lately, so that a moving slider recounts from memory. */
import type { Project } from './handle.ts'

/** Six regions over 15 hours at one cut are 39 MB; six such sets fit. */
const capacityBytes = 256 * 2 ** 20

/** Keeps the arrays that were used last, up to so many bytes; a single larger one is kept alone. */
export class ArrayCache {
  readonly #capacity: number
  /** In the order of their last use. */
  readonly #arrays = new Map<string, Float64Array>()
  #bytes = 0

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  /** The array of this key, where it is kept; it counts as used. */
  find(key: string): Float64Array | undefined {
    const array = this.#arrays.get(key)
    return array && this.get(key, () => array)
  }

  /** The array of this key; made where it is not kept. */
  get(key: string, make: () => Float64Array): Float64Array {
    const array = this.#arrays.get(key) ?? make()
    this.#remove(key)
    this.#arrays.set(key, array)
    this.#bytes += array.byteLength
    for (const oldest of this.#arrays.keys()) {
      if (this.#bytes <= this.#capacity || oldest === key) break
      this.#remove(oldest)
    }
    return array
  }

  #remove(key: string): void {
    this.#bytes -= this.#arrays.get(key)?.byteLength ?? 0
    this.#arrays.delete(key)
  }
}

const caches = new WeakMap<Project, ArrayCache>()

/** The cache of an open project; it goes with the project. */
export function scoreCache(project: Project): ArrayCache {
  const cache = caches.get(project) ?? new ArrayCache(capacityBytes)
  caches.set(project, cache)
  return cache
}
