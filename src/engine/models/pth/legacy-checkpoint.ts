/** @file The format of torch.save before PyTorch 1.6: five pickles, then the storages' bytes. */
import { elementBytes } from '../../onnx/tensor.ts'
import { ByteReader } from './byte-reader.ts'
import type { PickleValue } from './pickle-value.ts'
import { refused } from './refuse.ts'
import type { Storage } from './storage.ts'
import { storageOf } from './storage-id.ts'
import { Unpickler } from './unpickler.ts'

const magic = 0x1950a86a20f9469cfc6cn
const protocol = 1001

const noneExpected = () => {
  throw refused('a persistent id stands where no storage can')
}

function readHeader(reader: ByteReader): void {
  const next = () => new Unpickler(reader, noneExpected).load()
  if (next() !== magic)
    throw refused(
      'it is not a PyTorch checkpoint: the magic number is missing',
      'Name a file that torch.save has written.',
    )
  const version = next()
  if (version !== protocol)
    throw refused(`its protocol is ${String(version)}, ${protocol} was expected`)
  const system = next()
  if (!(system instanceof Map) || system.get('little_endian') !== true)
    throw refused('its byte order is not little-endian', 'Save it on a little-endian machine.')
}

function fillStorages(reader: ByteReader, storages: ReadonlyMap<string, Storage>): void {
  const keys = new Unpickler(reader, noneExpected).load()
  if (!Array.isArray(keys)) throw refused('it has no list of storage keys')
  for (const key of keys) {
    const storage = typeof key === 'string' ? storages.get(key) : undefined
    if (!storage) throw refused(`it has a storage '${String(key)}' that no tensor uses`)
    const count = reader.int64()
    if (count !== storage.count)
      throw refused(
        `the size of the storage '${storage.key}' is ${count} in one place and ${storage.count} in another`,
      )
    storage.fill(reader.take(count * elementBytes(storage.type)))
  }
  // Asking for the bytes throws where there are none.
  for (const storage of storages.values()) void storage.bytes
}

/** The object of a legacy checkpoint. Throws `bad-checkpoint` for anything but plain data. */
export function readLegacyCheckpoint(bytes: Uint8Array): PickleValue {
  const reader = new ByteReader(bytes)
  readHeader(reader)
  const storages = new Map<string, Storage>()
  const root = new Unpickler(reader, (id) => storageOf(id, storages).storage).load()
  fillStorages(reader, storages)
  return root
}
