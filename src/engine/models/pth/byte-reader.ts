import { downloadAgain, refused } from './refuse.ts'

/** Reads numbers (little-endian) and bytes one after the other, never beyond the end. */
export class ByteReader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  position = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** The next bytes, not copied. Throws `bad-checkpoint` when the file ends before. */
  take(count: number): Uint8Array {
    const start = this.#advance(count)
    return this.#bytes.subarray(start, start + count)
  }

  #advance(count: number): number {
    const start = this.position
    const left = this.#bytes.length - start
    if (!(count >= 0)) throw refused(`a length is negative (${count}) at byte ${start}`)
    if (count > left)
      throw refused(
        `the file ends too soon: ${count} bytes were expected at byte ${start}, ${left} are left`,
        downloadAgain,
      )
    this.position = start + count
    return start
  }

  uint8(): number {
    return this.#view.getUint8(this.#advance(1))
  }

  uint16(): number {
    return this.#view.getUint16(this.#advance(2), true)
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4), true)
  }

  int32(): number {
    return this.#view.getInt32(this.#advance(4), true)
  }

  /** Exact up to 2^53; more is more than any file has, and is refused where it is used. */
  uint64(): number {
    return Number(this.#view.getBigUint64(this.#advance(8), true))
  }

  int64(): number {
    return Number(this.#view.getBigInt64(this.#advance(8), true))
  }

  /** Big-endian, as pickles have them. */
  float64(): number {
    return this.#view.getFloat64(this.#advance(8), false)
  }

  /** Bytes up to the next line feed, as text, and past it. */
  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.position)
    if (end < 0) throw refused('the file ends too soon: inside a name', downloadAgain)
    const text = textOf(this.take(end - this.position))
    this.position++
    return text
  }
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

export function textOf(bytes: Uint8Array): string {
  return utf8.decode(bytes)
}
