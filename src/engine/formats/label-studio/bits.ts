/** @file Numbers of any number of bits in a row, the highest bit first. */
import { AppError } from '../../../shared/errors.ts'

export interface BitReader {
  /** The next `count` bits as a number, 0 to 32 of them. Throws `bad-dataset` past the end. */
  read(count: number): number
}

export function bitReader(bytes: ArrayLike<number>): BitReader {
  let at = 0
  return {
    read(count) {
      if (at + count > bytes.length * 8)
        throw new AppError(
          'bad-dataset',
          `the run lengths end after ${bytes.length} bytes, within a number`,
          'Export the annotations from Label Studio again.',
        )
      let value = 0
      for (let left = count; left > 0; ) {
        const free = 8 - (at & 7)
        const taken = Math.min(free, left)
        const bits = ((bytes[at >> 3] ?? 0) >> (free - taken)) & ((1 << taken) - 1)
        value = value * 2 ** taken + bits
        at += taken
        left -= taken
      }
      return value
    },
  }
}

export interface BitWriter {
  /** Appends the lowest `count` bits of a number, 0 to 32 of them. */
  write(value: number, count: number): void
  /** All whole bytes so far. */
  bytes: number[]
  /** Fills the pending bits up with zeros to a byte; with none pending, that is a byte of zeros. */
  finish(): void
}

export function bitWriter(): BitWriter {
  const bytes: number[] = []
  let [current, used] = [0, 0]
  return {
    bytes,
    write(value, count) {
      for (let left = count; left > 0; ) {
        const taken = Math.min(8 - used, left)
        const bits = Math.floor(value / 2 ** (left - taken)) & ((1 << taken) - 1)
        current = (current << taken) | bits
        used += taken
        left -= taken
        if (used < 8) continue
        bytes.push(current)
        current = 0
        used = 0
      }
    },
    finish() {
      bytes.push(current << (8 - used))
      current = 0
      used = 0
    },
  }
}
