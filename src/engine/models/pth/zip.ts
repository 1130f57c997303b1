/**
 * @file Reads zip archives whose records are stored as they are, as PyTorch writes them.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
import { crc32 } from 'node:zlib'
import { ByteReader, textOf } from './byte-reader.ts'
import { downloadAgain, refused } from './refuse.ts'

const signatures = {
  local: 0x04034b50,
  entry: 0x02014b50,
  end: 0x06054b50,
  end64: 0x06064b50,
  locator64: 0x07064b50,
} as const

const endLength = 22
const locatorLength = 20
const longestComment = 0xffff

interface Entry {
  name: string
  /** 0 = stored. */
  method: number
  flags: number
  checksum: number
  size: number
  storedSize: number
  /** Of its local header. */
  offset: number
}

function corrupt(problem: string): Error {
  return refused(`the zip archive is corrupt or truncated: ${problem}`, downloadAgain)
}

function readerAt(bytes: Uint8Array, position: number): ByteReader {
  if (position > bytes.length) throw corrupt(`byte ${position} is past its end`)
  const reader = new ByteReader(bytes)
  reader.position = position
  return reader
}

function expectSignature(reader: ByteReader, signature: number, what: string): void {
  if (reader.uint32() !== signature) throw corrupt(`there is no ${what} where one should be`)
}

/** Where the end record starts: it lies last, with a comment of its own length behind it. */
function findEnd(bytes: Uint8Array): number {
  const first = Math.max(0, bytes.length - endLength - longestComment)
  for (let at = bytes.length - endLength; at >= first; at--) {
    const reader = readerAt(bytes, at)
    if (reader.uint32() !== signatures.end) continue
    reader.position = at + 20
    if (reader.uint16() === bytes.length - at - endLength) return at
  }
  throw corrupt('it has no end record')
}

interface Directory {
  count: number
  offset: number
}

/** The directory by the end record, or by that of zip64 where there is one. */
function findDirectory(bytes: Uint8Array): Directory {
  const end = findEnd(bytes)
  if (end >= locatorLength) {
    const locator = readerAt(bytes, end - locatorLength)
    if (locator.uint32() === signatures.locator64) {
      locator.position += 4
      const end64 = readerAt(bytes, locator.uint64())
      expectSignature(end64, signatures.end64, 'zip64 end record')
      end64.position += 28
      const count = end64.uint64()
      end64.position += 8
      return { count, offset: end64.uint64() }
    }
  }
  const reader = readerAt(bytes, end + 10)
  const count = reader.uint16()
  reader.position += 4
  return { count, offset: reader.uint32() }
}

/** Sizes and offset that are too large for 32 bit stand in the zip64 field, in this order. */
function applyZip64(entry: Entry, extra: Uint8Array): void {
  const reader = new ByteReader(extra)
  while (reader.position + 4 <= extra.length) {
    const kind = reader.uint16()
    const field = new ByteReader(reader.take(reader.uint16()))
    if (kind !== 1) continue
    for (const key of ['size', 'storedSize', 'offset'] as const)
      if (entry[key] === 0xffffffff) entry[key] = field.uint64()
  }
}

function readEntry(reader: ByteReader): Entry {
  expectSignature(reader, signatures.entry, 'directory entry')
  reader.position += 4
  const [flags, method] = [reader.uint16(), reader.uint16()]
  reader.position += 4
  const [checksum, storedSize, size] = [reader.uint32(), reader.uint32(), reader.uint32()]
  const [name, extra, comment] = [reader.uint16(), reader.uint16(), reader.uint16()]
  reader.position += 8
  const offset = reader.uint32()
  const entry = {
    name: textOf(reader.take(name)),
    method,
    flags,
    checksum,
    size,
    storedSize,
    offset,
  }
  applyZip64(entry, reader.take(extra))
  reader.take(comment)
  return entry
}

/** An archive: its records by name, read when they are asked for. */
export class StoredZip {
  readonly #bytes: Uint8Array
  readonly #entries = new Map<string, Entry>()

  /** Throws `bad-checkpoint` when the archive is not whole. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    const { count, offset } = findDirectory(bytes)
    const reader = readerAt(bytes, offset)
    for (let i = 0; i < count; i++) {
      const entry = readEntry(reader)
      if (this.#entries.has(entry.name)) throw corrupt(`it has two records '${entry.name}'`)
      this.#entries.set(entry.name, entry)
    }
  }

  get names(): string[] {
    return [...this.#entries.keys()]
  }

  has(name: string): boolean {
    return this.#entries.has(name)
  }

  /**
   * The bytes of a record, not copied. Throws `bad-checkpoint` when there is none of the name, when
   * it is compressed, reaches beyond the file, or has another checksum than it should.
   */
  record(name: string): Uint8Array {
    const entry = this.#entries.get(name)
    if (!entry) throw refused(`the record '${name}' is missing`)
    if (entry.method !== 0 || entry.flags & 1)
      throw refused(
        `the record '${name}' is compressed or encrypted, stored records were expected`,
        'Save the weights again with torch.save, which stores them.',
      )
    const reader = readerAt(this.#bytes, entry.offset)
    expectSignature(reader, signatures.local, `record '${name}'`)
    reader.position += 22
    const skipped = reader.uint16() + reader.uint16()
    reader.position += skipped
    const bytes = reader.take(entry.size)
    if (entry.size !== entry.storedSize || crc32(bytes) !== entry.checksum)
      throw corrupt(`the checksum (CRC-32) of the record '${name}' does not fit`)
    return bytes
  }
}
