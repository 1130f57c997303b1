/** @file Pixels at the edges between classes. */
import { type ClassMask, ignoreIndex } from '../../shared/mask.ts'

/** Boundary pixels of a mask by class: positions in its data, ascending. */
export type BoundaryPixels = ReadonlyMap<number, Int32Array>

/** Marks both pixels of each neighbouring pair whose classes differ. */
function edges({ data, width, height }: ClassMask): Uint8Array {
  const marked = new Uint8Array(data.length)
  const compare = (pixel: number, next: number) => {
    const own = data[pixel]
    const other = data[next]
    if (own === other || own === ignoreIndex || other === ignoreIndex) return
    marked[pixel] = 1
    marked[next] = 1
  }
  for (let y = 0, pixel = 0; y < height; y++)
    for (let x = 0; x < width; x++, pixel++) {
      if (x + 1 < width) compare(pixel, pixel + 1)
      if (y + 1 < height) compare(pixel, pixel + width)
    }
  return marked
}

/** The positions of what is marked, ascending. */
function positionsOf(marked: Uint8Array): Int32Array {
  const positions: number[] = []
  for (let at = marked.indexOf(1); at !== -1; at = marked.indexOf(1, at + 1)) positions.push(at)
  return Int32Array.from(positions)
}

/**
 * The boundary of each class that has one: its pixels with a pixel of another class among their four
 * neighbours. Neither the picture's border nor pixels that are ignored make a boundary.
 */
export function boundaryPixels(mask: ClassMask): BoundaryPixels {
  const positions = positionsOf(edges(mask))
  const counts = new Uint32Array(256)
  for (const position of positions) {
    const index = mask.data[position] ?? 0
    counts[index] = (counts[index] ?? 0) + 1
  }
  const ofClass = new Map<number, Int32Array>()
  for (const [index, count] of counts.entries())
    if (count > 0) ofClass.set(index, new Int32Array(count))
  counts.fill(0)
  for (const position of positions) {
    const index = mask.data[position] ?? 0
    const at = counts[index] ?? 0
    const list = ofClass.get(index)
    if (list) list[at] = position
    counts[index] = at + 1
  }
  return ofClass
}
