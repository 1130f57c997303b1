import { describe, expect, it } from 'vitest'
import { crc32c } from '../../../src/engine/formats/tensorboard/crc32c.ts'
import { eventFile, eventFileName } from '../../../src/engine/formats/tensorboard/events.ts'

/** A field of a protobuf message: its number, and a number or bytes. */
type Field = [number, bigint | Uint8Array]

/** Reads messages without a schema (https://protobuf.dev/programming-guides/encoding). */
function fieldsOf(bytes: Uint8Array): Field[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let at = 0
  const varint = () => {
    let [value, shift] = [0n, 0n]
    for (;;) {
      const byte = view.getUint8(at++)
      value |= BigInt(byte & 127) << shift
      if (byte < 128) return value
      shift += 7n
    }
  }
  const take = (length: number) => {
    at += length
    return bytes.subarray(at - length, at)
  }
  const fields: Field[] = []
  while (at < bytes.length) {
    const key = Number(varint())
    const read = { 0: varint, 1: () => take(8), 2: () => take(Number(varint())), 5: () => take(4) }
    const value = read[(key & 7) as keyof typeof read]()
    fields.push([key >> 3, value])
  }
  return fields
}

const bytesIn = (fields: Field[], number: number) =>
  fields.flatMap(([one, value]) => (one === number && value instanceof Uint8Array ? [value] : []))
const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes)
const viewOf = (bytes: Uint8Array | undefined) => new DataView(Uint8Array.from(bytes ?? []).buffer)

/** Records of TFRecord; both checksums are computed here from what tensorflow's header says. */
function recordsOf(file: Uint8Array): Uint8Array[] {
  const view = new DataView(file.buffer, file.byteOffset, file.length)
  const records: Uint8Array[] = []
  const masked = (bytes: Uint8Array) => {
    const crc = BigInt(crc32c(bytes))
    return Number((((crc >> 15n) | (crc << 17n)) + 0xa282ead8n) & 0xffffffffn)
  }
  for (let at = 0; at < file.length; ) {
    const length = Number(view.getBigUint64(at, true))
    expect(view.getUint32(at + 8, true)).toBe(masked(file.subarray(at, at + 8)))
    const bytes = file.subarray(at + 12, at + 12 + length)
    expect(view.getUint32(at + 12 + length, true)).toBe(masked(bytes))
    records.push(bytes)
    at += 16 + length
  }
  return records
}

describe('an event file of TensorBoard', () => {
  it('has the checksum of RFC 3720', () => {
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa)
    expect(crc32c(new TextEncoder().encode('123456789'))).toBe(0xe3069283)
  })

  it('says its version, and then a scalar for each name and step', () => {
    const file = eventFile([
      { wallTime: 1000.5, step: 1, scalars: { 'loss/train': 0.5, 'loss/validation': 0.25 } },
      { wallTime: 1001, step: 300, scalars: { 'loss/train': 0.125 } },
    ])
    const [first, ...events] = recordsOf(file).map(fieldsOf)
    expect(text(bytesIn(first ?? [], 3)[0])).toBe('brain.Event:2')
    const read = events.map((fields) => ({
      wallTime: viewOf(bytesIn(fields, 1)[0]).getFloat64(0, true),
      step: Number(fields.find(([number]) => number === 2)?.[1]),
      scalars: bytesIn(fieldsOf(bytesIn(fields, 5)[0] ?? new Uint8Array()), 1)
        .map(fieldsOf)
        .map((value) => [
          text(bytesIn(value, 1)[0]),
          viewOf(bytesIn(value, 2)[0]).getFloat32(0, true),
        ]),
    }))
    expect(read).toEqual([
      {
        ...{ wallTime: 1000.5, step: 1 },
        scalars: [
          ['loss/train', 0.5],
          ['loss/validation', 0.25],
        ],
      },
      { wallTime: 1001, step: 300, scalars: [['loss/train', 0.125]] },
    ])
  })

  it('is named so that TensorBoard finds it', () => {
    expect(eventFileName(1700000000.9)).toBe('events.out.tfevents.1700000000.maskbench')
  })
})
