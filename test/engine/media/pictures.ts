/** @file Reads pictures for tests: all of a tape, kept apart, and how far two of them differ. */
import { crc32 } from 'node:zlib'
import { openReader } from '../../../src/engine/media/tape.ts'
import type { Picture, TapeIndex } from '../../../src/engine/media/types.ts'

export function everyFrame(index: TapeIndex): number[] {
  return Array.from({ length: index.frames }, (_, frame) => frame)
}

/** The same disorder every time: neighbours end up far apart. */
export function shuffled(frames: number[]): number[] {
  const key = (frame: number) => (frame * 17 + 5) % 37
  return frames.toSorted((a, b) => key(a) - key(b))
}

/** Copies of the pictures of a list, read in one go by a fresh reader. */
export async function readList(
  index: TapeIndex,
  list = everyFrame(index),
  filters = '',
): Promise<Picture[]> {
  await using reader = await openReader(index.info, index, { filters })
  const pictures: Picture[] = []
  for await (const picture of reader.frames(list))
    pictures.push({ ...picture, data: Uint8Array.from(picture.data) })
  return pictures
}

/** CRC-32 of the pictures of a list, read one by one in disorder, by frame number. */
export async function readShuffled(index: TapeIndex): Promise<Map<number, number>> {
  await using reader = await openReader(index.info, index, { filters: '' })
  const checksums = new Map<number, number>()
  for (const frame of shuffled(everyFrame(index)))
    checksums.set(frame, crc32((await reader.read(frame)).data))
  return checksums
}

/** CRC-32 of pictures, by frame number. */
export function checksumsOf(pictures: Picture[]): Map<number, number> {
  return new Map(pictures.map(({ frame, data }) => [frame, crc32(data)]))
}

/** Largest difference of two pictures, over all pixels and channels. */
export function largestDifference(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length) throw new TypeError(`${a.length} and ${b.length} bytes differ in size`)
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? 0))), 0)
}
