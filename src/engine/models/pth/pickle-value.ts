/** @file What the unpickler makes of Python's objects. Nothing of it can be called by a file. */
import { refused } from './refuse.ts'
import type { Storage } from './storage.ts'
import type { StoredTensor } from './stored-tensor.ts'

/** Dicts are maps (no key of a file becomes a property), lists and tuples arrays. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleValue[]
  | Map<PickleValue, PickleValue>
  | Storage
  | StoredTensor
  | KnownName
  | PlainObject

/** An object of a class without methods that matter: its attributes. */
export class PlainObject {
  readonly attributes = new Map<PickleValue, PickleValue>()
}

/** One of the few names that a file may look up, and what we do when it is called. */
export class KnownName {
  readonly name: string
  /** Called by REDUCE. */
  readonly build: (values: readonly PickleValue[]) => PickleValue
  /** Called by NEWOBJ. */
  readonly create: (values: readonly PickleValue[]) => PickleValue

  constructor(name: string, { build, create }: Partial<Pick<KnownName, 'build' | 'create'>> = {}) {
    const cannot = () => {
      throw refused(`'${name}' cannot be called in this way`)
    }
    this.name = name
    this.build = build ?? cannot
    this.create = create ?? cannot
  }
}

/** A value as a list of numbers, as sizes and strides are. */
export function numbersIn(value: PickleValue | undefined, what: string): number[] {
  if (!Array.isArray(value)) throw refused(`the ${what} of a tensor is no list of numbers`)
  return value.map((item) => numberIn(item, what))
}

/** A value as a number; integers beyond 2^53 come out rounded, and so too large for any check. */
export function numberIn(value: PickleValue | undefined, what: string): number {
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value)
  throw refused(`the ${what} of a tensor is no number`)
}
