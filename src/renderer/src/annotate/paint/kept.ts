/** @file Things that are dear to fetch, kept up to a number of bytes; the longest unused go first. */
interface Kept<Value> {
  value: Promise<Value>
  /** 0 until it is there. */
  bytes: number
}

export interface KeepOptions<Key, Value> {
  bytes: number
  nameOf: (key: Key) => string
  load: (key: Key) => Promise<Value>
  bytesOf: (value: Value) => number
  /** What must not go, whatever it takes. */
  isHeld?: (value: Value) => boolean
  drop?: (value: Value) => void
}

export class KeptByUse<Key, Value> {
  readonly #options: KeepOptions<Key, Value>
  readonly #kept = new Map<string, Kept<Value>>()
  /** Those that are there, for who cannot wait. */
  readonly #there = new Map<string, Value>()

  constructor(options: KeepOptions<Key, Value>) {
    this.#options = options
  }

  /** Fetched once; a failure is not kept. */
  get(key: Key): Promise<Value> {
    const name = this.#options.nameOf(key)
    const known = this.#kept.get(name)
    if (known) {
      this.#kept.delete(name)
      this.#kept.set(name, known)
      return known.value
    }
    const kept: Kept<Value> = { value: this.#options.load(key), bytes: 0 }
    this.#kept.set(name, kept)
    kept.value.then(
      (value) => this.#arrived(name, kept, value),
      () => this.#kept.get(name) === kept && this.#kept.delete(name),
    )
    return kept.value
  }

  /** What is there already. */
  peek(key: Key): Value | null {
    return this.#there.get(this.#options.nameOf(key)) ?? null
  }

  /** Forgets all that is not held. */
  clear(): void {
    for (const name of [...this.#kept.keys()]) this.#drop(name)
  }

  forget(key: Key): void {
    this.#drop(this.#options.nameOf(key))
  }

  #arrived(name: string, kept: Kept<Value>, value: Value): void {
    if (this.#kept.get(name) !== kept) {
      // Forgotten while it was on its way.
      this.#options.drop?.(value)
      return
    }
    kept.bytes = this.#options.bytesOf(value)
    this.#there.set(name, value)
    this.#shed(name)
  }

  #shed(newest: string): void {
    let bytes = [...this.#kept.values()].reduce((sum, kept) => sum + kept.bytes, 0)
    for (const [name, kept] of [...this.#kept]) {
      if (bytes <= this.#options.bytes) return
      if (name !== newest && kept.bytes > 0 && this.#drop(name)) bytes -= kept.bytes
    }
  }

  #drop(name: string): boolean {
    const value = this.#there.get(name)
    if (value !== undefined && this.#options.isHeld?.(value)) return false
    this.#kept.delete(name)
    this.#there.delete(name)
    if (value !== undefined) this.#options.drop?.(value)
    return true
  }
}
