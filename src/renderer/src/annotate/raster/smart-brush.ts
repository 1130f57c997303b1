/** @file The brush that keeps to pixels that look like those where the stroke began. */
import { type Colour, type Picture, within } from './colour.ts'
import { flood } from './flood.ts'
import { isOpen } from './grid.ts'
import { filterSelection, Selection } from './selection.ts'

export interface Likeness {
  picture: Picture
  /** Colour where the stroke began, and how far from it a pixel may be. */
  colour: Colour
  tolerance: number
}

/**
 * The pixels of what the brush covers that look alike and hang together with its middle line or
 * with what the stroke has painted before (`painted`, one byte a pixel).
 */
export function likePixels(
  covered: Selection,
  middle: Selection,
  painted: Uint8Array,
  { picture, colour, tolerance }: Likeness,
): Selection {
  const isLike = within(picture, colour, tolerance)
  const candidates = filterSelection(covered, isLike)
  const result = new Selection(covered)
  const { bounds } = candidates
  if (bounds === null) return result
  // A grid of the covered part only: a picture may have 16 million pixels, a brush some thousand.
  const open = new Uint8Array(bounds.width * bounds.height)
  const { width } = covered
  const local = (offset: number): number =>
    (Math.floor(offset / width) - bounds.y) * bounds.width + (offset % width) - bounds.x
  candidates.forEachRun((from, to) => open.fill(isOpen, local(from), local(to - 1) + 1))
  const grow = (offset: number): void => {
    const part = flood(bounds, offset, open)
    const { runs } = part
    for (let i = 0; i < runs.length; i += 3)
      result.add(
        (runs[i] ?? 0) + bounds.y,
        (runs[i + 1] ?? 0) + bounds.x,
        (runs[i + 2] ?? 0) + bounds.x,
      )
  }
  filterSelection(middle, isLike).forEachRun((from, to) => {
    for (let offset = from; offset < to; offset++)
      if (isIn(offset, bounds, width)) grow(local(offset))
  })
  candidates.forEachRun((from, to) => {
    for (let offset = from; offset < to; offset++) if (painted[offset] === 1) grow(local(offset))
  })
  return result
}

function isIn(
  offset: number,
  bounds: { x: number; y: number; width: number; height: number },
  width: number,
): boolean {
  const [x, y] = [offset % width, Math.floor(offset / width)]
  return (
    x >= bounds.x && x < bounds.x + bounds.width && y >= bounds.y && y < bounds.y + bounds.height
  )
}
