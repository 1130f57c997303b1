/** @file Masks as files: palette PNGs whose indices are the class indices, marked as our own. */
import { promisify } from 'node:util'
import { deflate } from 'node:zlib'
import { type ClassMask, ignoreIndex, type MaskClass } from '../../shared/mask.ts'
import { formatMarker, markerKeyword } from './mask-marker.ts'
import { pngColourTypes, writePngChunks } from './png-chunks.ts'

const deflateAsync = promisify(deflate)

const ignoreColour = '#ffffff'

function headerOf({ width, height }: ClassMask): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.writeUInt8(8, 8)
  header.writeUInt8(pngColourTypes.palette, 9)
  return header
}

/** 256 colours: those of the classes, white for ignore, black for indices without a class. */
function paletteOf(classes: readonly MaskClass[]): Uint8Array {
  const palette = Buffer.alloc(3 * 256)
  for (const { index, colour } of [...classes, { index: ignoreIndex, colour: ignoreColour }])
    palette.write(colour.slice(1), 3 * index, 'hex')
  return palette
}

/** Rows as PNG wants them: each led by its filter type, here 0 (none). */
function filteredRows({ width, height, data }: ClassMask): Uint8Array {
  const rows = new Uint8Array((width + 1) * height)
  for (let y = 0; y < height; y++)
    rows.set(data.subarray(y * width, (y + 1) * width), y * (width + 1) + 1)
  return rows
}

/**
 * A mask as a PNG file. `geometry` is the hash of the recipe whose pixels these are, null for tape
 * pixels. `readMask` reads back the same mask, also in a project that numbers its classes
 * differently.
 */
export async function encodeMask(
  mask: ClassMask,
  classes: readonly MaskClass[],
  geometry: string | null,
): Promise<Buffer> {
  const marker = `${markerKeyword}\0${formatMarker(classes, geometry)}`
  return writePngChunks([
    { type: 'IHDR', data: headerOf(mask) },
    { type: 'tEXt', data: Buffer.from(marker, 'latin1') },
    { type: 'PLTE', data: paletteOf(classes) },
    { type: 'IDAT', data: await deflateAsync(filteredRows(mask)) },
  ])
}
