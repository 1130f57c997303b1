import { cropOf } from '../../../shared/geometry.ts'
import type { Crop, Recipe, Size } from '../../../shared/recipe.ts'
import type { Position } from '../canvas/viewport.ts'
import { distanceTo, type Handle } from './handles.ts'
import { cropRoom, withCrop } from './recipe-edits.ts'

/** The smallest side that dragging leaves. */
const smallestSide = 16

/** Which sides a knob moves: -1 = left or top, 1 = right or bottom, 0 = neither. */
const knobs: readonly [name: string, across: -1 | 0 | 1, down: -1 | 0 | 1, cursor: string][] = [
  ['crop-top-left', -1, -1, 'nwse-resize'],
  ['crop-top', 0, -1, 'ns-resize'],
  ['crop-top-right', 1, -1, 'nesw-resize'],
  ['crop-right', 1, 0, 'ew-resize'],
  ['crop-bottom-right', 1, 1, 'nwse-resize'],
  ['crop-bottom', 0, 1, 'ns-resize'],
  ['crop-bottom-left', -1, 1, 'nesw-resize'],
  ['crop-left', -1, 0, 'ew-resize'],
]

/** Knobs at corners and sides of the crop; its inside moves it. `tape` bounds a crop without a lens. */
export function cropHandles(recipe: Recipe, tape: Size): Handle[] {
  const crop = cropOf(recipe)
  const room = cropRoom(recipe, tape)
  const set = (start: Recipe, next: Crop): Recipe => withCrop(start, next, tape)
  const resize = knobs.map(([name, across, down, cursor]): Handle => {
    const knob = {
      x: crop.x + ((1 + across) / 2) * crop.width,
      y: crop.y + ((1 + down) / 2) * crop.height,
    }
    return {
      ...{ name, knob, cursor },
      distance: distanceTo(knob),
      drag: (start, from, to) => {
        const before = cropOf(start)
        const x = moved(before.x, before.width, room.width, across, to.x - from.x)
        const y = moved(before.y, before.height, room.height, down, to.y - from.y)
        return set(start, { x: x.at, y: y.at, width: x.length, height: y.length })
      },
    }
  })
  const isInside = ({ x, y }: Position): boolean =>
    x > crop.x && y > crop.y && x < crop.x + crop.width && y < crop.y + crop.height
  const isWhole = crop.width === room.width && crop.height === room.height
  const move: Handle = {
    name: 'crop',
    knob: null,
    cursor: 'move',
    distance: (at) => (isInside(at) ? 0 : Number.POSITIVE_INFINITY),
    drag: (start, from, to) => {
      const before = cropOf(start)
      const at = (place: number, length: number, limit: number): number =>
        Math.round(Math.min(Math.max(place, 0), limit - length))
      return set(start, {
        ...before,
        x: at(before.x + to.x - from.x, before.width, room.width),
        y: at(before.y + to.y - from.y, before.height, room.height),
      })
    },
  }
  return isWhole ? resize : [...resize, move]
}

/** One axis of a crop after a side of it moved by `by`; the other side stays. */
function moved(
  at: number,
  length: number,
  limit: number,
  side: -1 | 0 | 1,
  by: number,
): { at: number; length: number } {
  const end = at + length
  const clamp = (value: number, low: number, high: number): number =>
    Math.round(Math.min(Math.max(value, low), Math.max(low, high)))
  if (side === 0) return { at, length }
  if (side > 0) {
    const next = clamp(end + by, Math.min(at + smallestSide, limit), limit)
    return { at, length: next - at }
  }
  const next = clamp(at + by, 0, end - smallestSide)
  return { at: next, length: end - next }
}
