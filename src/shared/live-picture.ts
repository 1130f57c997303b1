/**
 * @file The latest picture of a camera with what the network sees in it, as bytes: number, bytes of the
 * JPEG, width and height of the map (uint32, big-endian), the JPEG, then the map, a byte a pixel.
 */
import { AppError } from './errors.ts'

export interface LivePicture {
  /** Of the camera's frames since it was connected; another number is another picture. */
  number: number
  /** Of the recipe's size. */
  jpeg: Uint8Array
  /** Person probability 0 … 255 over the whole picture, coarser than it. */
  map: { width: number; height: number; data: Uint8Array }
}

const headBytes = 16

export function packLivePicture({ number, jpeg, map }: LivePicture): Uint8Array {
  const bytes = new Uint8Array(headBytes + jpeg.length + map.data.length)
  const head = new DataView(bytes.buffer)
  for (const [i, value] of [number, jpeg.length, map.width, map.height].entries())
    head.setUint32(4 * i, value)
  bytes.set(jpeg, headBytes)
  bytes.set(map.data, headBytes + jpeg.length)
  return bytes
}

/** The parts, which are views of `bytes`. @throws AppError `bad-value` for bytes of another kind */
export function unpackLivePicture(bytes: Uint8Array): LivePicture {
  if (bytes.length < headBytes) throw damaged()
  const head = new DataView(bytes.buffer, bytes.byteOffset, headBytes)
  const [number, length, width, height] = [0, 4, 8, 12].map((at) => head.getUint32(at)) as [
    number,
    number,
    number,
    number,
  ]
  if (bytes.length !== headBytes + length + width * height) throw damaged()
  const mapAt = headBytes + length
  return {
    number,
    jpeg: bytes.subarray(headBytes, mapAt),
    map: { width, height, data: bytes.subarray(mapAt) },
  }
}

function damaged(): AppError {
  return new AppError('bad-value', 'a picture of the camera arrived damaged', 'Connect again.')
}
