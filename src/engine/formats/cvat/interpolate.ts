/** @file Where a tracked thing is between the frames at which it was marked, as CVAT has it. */
import { AppError } from '../../../shared/errors.ts'
import type { CvatShape } from './shapes.ts'

/** A shape of a track at one frame. */
export interface TrackedShape extends CvatShape {
  frame: number
  /** The thing is not in the picture from here on. */
  isOutside: boolean
}

/** What is interpolated number by number; masks and shapes of other forms are held. */
const moving: ReadonlySet<string> = new Set(['box', 'ellipse', 'polygon', 'polyline'])

/** The shorter way round from one angle to another, in degrees. */
function turn(from: number, to: number): number {
  return ((((to - from + 180) % 360) + 360) % 360) - 180
}

function between(before: TrackedShape, after: TrackedShape, frame: number): CvatShape {
  const alike = before.type === after.type && before.points.length === after.points.length
  if (!alike || !moving.has(before.type)) return before
  const part = (frame - before.frame) / (after.frame - before.frame)
  const points = before.points.map(
    (value, i) => value + ((after.points[i] ?? value) - value) * part,
  )
  const rotation = before.rotation + turn(before.rotation, after.rotation) * part
  return { ...before, points, rotation }
}

/** Puts the shapes of a track in order. Throws `bad-dataset` for two at one frame. */
export function sortTrack(shapes: readonly TrackedShape[]): TrackedShape[] {
  const sorted = shapes.toSorted((a, b) => a.frame - b.frame)
  const twice = sorted.find((shape, i) => shape.frame === sorted[i - 1]?.frame)
  if (!twice) return sorted
  throw new AppError(
    'bad-dataset',
    `two shapes at frame ${twice.frame}; a track has one place a frame`,
    'Divide them into two tracks.',
  )
}

/** Index of the last shape at or before the frame; -1 for none. */
function lastUntil(shapes: readonly TrackedShape[], frame: number): number {
  let [low, high] = [0, shapes.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((shapes[middle]?.frame ?? 0) <= frame) low = middle + 1
    else high = middle
  }
  return low - 1
}

/**
 * The shape of a track at a frame; null where the thing is not in the picture. After its last shape a
 * thing stays where it was (CVAT does so until the end of the task), except for a mask: CVAT takes
 * masks in tracks for single frames.
 *
 * @param shapes sorted by frame, one a frame
 */
export function shapeAt(shapes: readonly TrackedShape[], frame: number): CvatShape | null {
  const index = lastUntil(shapes, frame)
  const before = shapes[index]
  if (!before || before.isOutside) return null
  if (before.frame === frame) return before
  const after = shapes[index + 1]
  if (after) return between(before, after, frame)
  return before.type === 'mask' ? null : before
}
