/** @file Masks as PNG files in true colour. */
import { promisify } from 'node:util'
import { deflate } from 'node:zlib'
import type { ClassMask } from '../../../shared/mask.ts'
import { pngColourTypes, writePngChunks } from '../png-chunks.ts'

const deflateAsync = promisify(deflate)

/** Three bytes for each of the 256 values that a mask can hold. */
export function colourTable(colours: readonly string[], ignore: string): Uint8Array {
  const table = Buffer.alloc(3 * 256)
  for (const [index, colour] of colours.entries()) table.write(colour.slice(1), 3 * index, 'hex')
  table.write(ignore.slice(1), 3 * 255, 'hex')
  return table
}

/** A PNG with 8 bits a channel, rows led by filter type 0 (none). */
export async function encodeColours(
  { width, height, data }: ClassMask,
  table: Uint8Array,
): Promise<Buffer> {
  const rowBytes = 1 + 3 * width
  const rows = new Uint8Array(rowBytes * height)
  for (let y = 0, pixel = 0; y < height; y++)
    for (let x = 0, at = y * rowBytes + 1; x < width; x++, at += 3, pixel++) {
      const entry = 3 * (data[pixel] ?? 0)
      rows[at] = table[entry] ?? 0
      rows[at + 1] = table[entry + 1] ?? 0
      rows[at + 2] = table[entry + 2] ?? 0
    }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.writeUInt8(8, 8)
  header.writeUInt8(pngColourTypes.rgb, 9)
  return writePngChunks([
    { type: 'IHDR', data: header },
    { type: 'IDAT', data: await deflateAsync(rows) },
  ])
}
