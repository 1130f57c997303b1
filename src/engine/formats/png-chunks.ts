/**
 * @file The container of PNG files: chunks in, chunks out. https://www.w3.org/TR/png-3/
 *
 * Masks need it because image libraries expand palettes, scale samples and apply colour profiles,
 * and because they write palettes of their own choice.
 */
import { crc32 } from 'node:zlib'
import { AppError } from '../../shared/errors.ts'

export interface PngChunk {
  /** Four letters, e.g. 'IDAT'. */
  type: string
  data: Uint8Array
}

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
/** Length, type and checksum around the data of a chunk. */
const frameBytes = 12

const badPng = (name: string, why: string): AppError =>
  new AppError('bad-mask', `${name} ${why}`, 'Save the mask as a PNG file again.')

export function isPng(bytes: Uint8Array): boolean {
  return signature.every((byte, i) => bytes[i] === byte)
}

/**
 * The chunks of a PNG file up to and with IEND; `name` is what errors call the file.
 *
 * @throws AppError `bad-mask` when it is not a PNG, ends early, or a checksum is wrong.
 */
export function readPngChunks(bytes: Uint8Array, name: string): PngChunk[] {
  if (!isPng(bytes)) throw badPng(name, 'is not a PNG file; masks are PNG files')
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const chunks: PngChunk[] = []
  let at = signature.length
  while (chunks.at(-1)?.type !== 'IEND') {
    const end = at + frameBytes <= file.length ? at + frameBytes + file.readUInt32BE(at) : at
    if (end === at || end > file.length) throw badPng(name, 'is cut short: a PNG ends with IEND')
    const typed = file.subarray(at + 4, end - 4)
    if (crc32(typed) !== file.readUInt32BE(end - 4))
      throw badPng(name, `is damaged: a wrong checksum at byte ${end - 4}`)
    chunks.push({ type: typed.toString('latin1', 0, 4), data: typed.subarray(4) })
    at = end
  }
  return chunks
}

function frameChunk({ type, data }: PngChunk): Buffer {
  const framed = Buffer.alloc(frameBytes + data.length)
  framed.writeUInt32BE(data.length, 0)
  framed.write(type, 4, 'latin1')
  framed.set(data, 8)
  framed.writeUInt32BE(crc32(framed.subarray(4, -4)), framed.length - 4)
  return framed
}

/** A PNG file of these chunks; IEND is added. */
export function writePngChunks(chunks: readonly PngChunk[]): Buffer {
  const end: PngChunk = { type: 'IEND', data: new Uint8Array() }
  return Buffer.concat([signature, ...[...chunks, end].map(frameChunk)])
}

/** Colour types of IHDR that say how samples make a pixel. */
export const pngColourTypes = { grey: 0, rgb: 2, palette: 3, greyAlpha: 4, rgba: 6 } as const

export interface PngHeader {
  width: number
  height: number
  bitDepth: number
  colourType: number
}

/** The fields of an IHDR chunk that matter here. */
export function readPngHeader(data: Uint8Array, name: string): PngHeader {
  if (data.length !== 13) throw badPng(name, 'has no complete header')
  const view = new DataView(data.buffer, data.byteOffset)
  return {
    width: view.getUint32(0),
    height: view.getUint32(4),
    bitDepth: view.getUint8(8),
    colourType: view.getUint8(9),
  }
}
