/** @file Pixels as runs of equal ones: what a tile of a mask shrinks to while it waits for an undo. */

/** A run: its value, then its length as two bytes. */
const runBytes = 3
const longestRun = 0xffff

/** Null where the runs would take more than the pixels. */
function tryPack(pixels: Uint8Array): Uint8Array | null {
  const runs = new Uint8Array(pixels.length)
  let length = 0
  for (let at = 0; at < pixels.length; ) {
    if (length + runBytes > runs.length) return null
    const value = pixels[at] ?? 0
    const start = at
    while (at < pixels.length && pixels[at] === value && at - start < longestRun) at++
    runs[length] = value
    runs[length + 1] = (at - start) >> 8
    runs[length + 2] = (at - start) & 0xff
    length += runBytes
  }
  return runs.slice(0, length)
}

/** Packed pixels; `bytes` is what they take. */
export interface PackedPixels {
  bytes: number
  unpack(): Uint8Array
}

export function packPixels(pixels: Uint8Array): PackedPixels {
  const runs = tryPack(pixels)
  if (runs === null) return { bytes: pixels.length, unpack: () => pixels }
  const { length } = pixels
  return { bytes: runs.length, unpack: () => unpackRuns(runs, length) }
}

function unpackRuns(runs: Uint8Array, length: number): Uint8Array {
  const pixels = new Uint8Array(length)
  let at = 0
  for (let i = 0; i < runs.length; i += runBytes) {
    const count = ((runs[i + 1] ?? 0) << 8) | (runs[i + 2] ?? 0)
    pixels.fill(runs[i] ?? 0, at, at + count)
    at += count
  }
  return pixels
}
