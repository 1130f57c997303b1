/**
 * @file Reads Python's pickles as data, https://docs.python.org/3/library/pickletools.html. Nothing
 * is imported, and nothing called but what known-names.ts has.
 */
import type { ByteReader } from './byte-reader.ts'
import { opcodes } from './opcodes.ts'
import type { PickleValue } from './pickle-value.ts'
import { downloadAgain, refused } from './refuse.ts'

/** A checkpoint of a hundred thousand tensors has fewer; what has more is there to fill memory. */
const mostOperations = 5_000_000

export class Unpickler {
  readonly reader: ByteReader
  /** What stands for a value outside the pickle: a storage. */
  readonly persistent: (id: PickleValue) => PickleValue
  readonly memo = new Map<number, PickleValue>()
  readonly #stack: PickleValue[] = []
  /** Where on the stack the marks lie. */
  readonly #marks: number[] = []
  #stopped = false

  constructor(reader: ByteReader, persistent: (id: PickleValue) => PickleValue) {
    this.reader = reader
    this.persistent = persistent
  }

  /** The next pickle of the reader. Throws `bad-checkpoint` for anything that is no plain data. */
  load(): PickleValue {
    for (let operations = 0; !this.#stopped; operations++) {
      if (operations > mostOperations) throw refused('its pickle is too large to be of weights')
      const at = this.reader.position
      const byte = this.reader.uint8()
      const operation = opcodes.get(byte)
      if (!operation)
        throw refused(`the opcode 0x${byte.toString(16)} at byte ${at} is unknown`, downloadAgain)
      operation(this)
    }
    return this.pop()
  }

  stop(): void {
    this.#stopped = true
  }

  push(value: PickleValue): void {
    this.#stack.push(value)
  }

  pop(): PickleValue {
    if (this.#stack.length > (this.#marks.at(-1) ?? 0)) return this.#stack.pop() ?? null
    throw refused('its pickle takes from an empty stack')
  }

  top(): PickleValue {
    const value = this.pop()
    this.push(value)
    return value
  }

  mark(): void {
    this.#marks.push(this.#stack.length)
  }

  /** What lies above the last mark. */
  popToMark(): PickleValue[] {
    const mark = this.#marks.pop()
    if (mark === undefined) throw refused('its pickle takes to a mark from an empty stack')
    return this.#stack.splice(mark)
  }

  remember(slot: number): void {
    this.memo.set(slot, this.top())
  }

  recall(slot: number): void {
    const value = this.memo.get(slot)
    if (value === undefined) throw refused(`its pickle asks for memo slot ${slot}, which is empty`)
    this.push(value)
  }
}
