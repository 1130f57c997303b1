import { KnownName, type PickleValue } from './pickle-value.ts'
import { refused } from './refuse.ts'
import { Storage, storageTypes } from './storage.ts'

/**
 * The storage that a persistent id stands for: ('storage', type, key, location, size), in the
 * legacy format with what part of another storage it is, which no PyTorch since 0.4 has written.
 * `known` are those met so far. Throws `bad-checkpoint` for any other id.
 */
export function storageOf(
  id: PickleValue,
  known: Map<string, Storage>,
): { storage: Storage; isNew: boolean } {
  const [tag, type, key, , count, part = null] = Array.isArray(id) ? id : []
  const kind = type instanceof KnownName ? type.name.replace(/^torch\./, '') : ''
  const element = Object.hasOwn(storageTypes, kind) ? storageTypes[kind] : undefined
  if (tag !== 'storage' || typeof key !== 'string' || typeof count !== 'number' || !element)
    throw refused('a persistent id stands for something else than a storage of numbers')
  if (part !== null)
    throw refused('a storage is part of another one, as before PyTorch 0.4', 'Save it again.')
  const storage = known.get(key) ?? new Storage(key, element, count)
  if (storage.type !== element || storage.count !== count)
    throw refused(`the storage '${key}' appears with two types or sizes`)
  const isNew = !known.has(key)
  known.set(key, storage)
  return { storage, isNew }
}
