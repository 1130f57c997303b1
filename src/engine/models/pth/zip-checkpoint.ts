/** @file The zip format, which torch.save writes since PyTorch 1.6. */
import { ByteReader, textOf } from './byte-reader.ts'
import type { PickleValue } from './pickle-value.ts'
import { refused } from './refuse.ts'
import type { Storage } from './storage.ts'
import { storageOf } from './storage-id.ts'
import { Unpickler } from './unpickler.ts'
import { StoredZip } from './zip.ts'

/** The folder in the archive that holds everything. */
function rootOf(zip: StoredZip): string {
  const [root, more] = zip.names.flatMap((name) => /^([^/]+)\/data\.pkl$/.exec(name)?.[1] ?? [])
  if (root === undefined || more !== undefined)
    throw refused(
      'it is not a PyTorch checkpoint: the zip archive has no single data.pkl',
      'Name a file that torch.save has written.',
    )
  if (zip.has(`${root}/constants.pkl`))
    throw refused(
      'the file is TorchScript (torch.jit.save), which is code',
      'Save the weights alone: torch.save(net.state_dict(), FILE).',
    )
  return root
}

/** The object of a zip checkpoint. Throws `bad-checkpoint` for anything but plain data. */
export function readZipCheckpoint(bytes: Uint8Array): PickleValue {
  const zip = new StoredZip(bytes)
  const root = rootOf(zip)
  const order = `${root}/byteorder`
  if (zip.has(order) && textOf(zip.record(order)) !== 'little')
    throw refused('its byte order is big-endian', 'Save it on a little-endian machine.')
  const storages = new Map<string, Storage>()
  const persistent = (id: PickleValue) => {
    const { storage, isNew } = storageOf(id, storages)
    if (isNew) storage.fill(zip.record(`${root}/data/${storage.key}`))
    return storage
  }
  return new Unpickler(new ByteReader(zip.record(`${root}/data.pkl`)), persistent).load()
}
