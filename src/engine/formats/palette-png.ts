/** @file Masks as PNG files whose stored samples are the mask's own values. */
import { promisify } from 'node:util'
import { deflate } from 'node:zlib'
import type { ClassMask } from '../../shared/mask.ts'
import { type PngChunk, pngColourTypes, writePngChunks } from './png-chunks.ts'

const deflateAsync = promisify(deflate)

function headerOf({ width, height }: ClassMask, colourType: number): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.writeUInt8(8, 8)
  header.writeUInt8(colourType, 9)
  return header
}

/** Rows as PNG wants them: each led by its filter type, here 0 (none). */
function filteredRows({ width, height, data }: ClassMask): Uint8Array {
  const rows = new Uint8Array((width + 1) * height)
  for (let y = 0; y < height; y++)
    rows.set(data.subarray(y * width, (y + 1) * width), y * (width + 1) + 1)
  return rows
}

/**
 * An 8-bit PNG of the mask's values as indices. `palette` is three bytes a value; `notes` are chunks
 * that come before it, such as tEXt.
 */
export async function encodePalettePng(
  mask: ClassMask,
  palette: Uint8Array,
  notes: readonly PngChunk[] = [],
): Promise<Buffer> {
  return writePngChunks([
    { type: 'IHDR', data: headerOf(mask, pngColourTypes.palette) },
    ...notes,
    { type: 'PLTE', data: palette },
    { type: 'IDAT', data: await deflateAsync(filteredRows(mask)) },
  ])
}

/** An 8-bit grey PNG of the mask's values as levels. */
export async function encodeGreyPng(mask: ClassMask): Promise<Buffer> {
  return writePngChunks([
    { type: 'IHDR', data: headerOf(mask, pngColourTypes.grey) },
    { type: 'IDAT', data: await deflateAsync(filteredRows(mask)) },
  ])
}
