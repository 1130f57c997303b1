/** @file Putting a class of a mask in order: each function picks what is to be painted, or taken away. */
import { backgroundIndex, type ClassMask } from '../../../../shared/mask.ts'
import { flood } from './flood.ts'
import { gridOfClass, isOpen, selectValue } from './grid.ts'
import { withinReach } from './reach.ts'
import { type Dirty, type Rect, union, wholeOf, widened } from './rect.ts'
import { Selection } from './selection.ts'
import { majority, toAdd, toRemove } from './smooth.ts'

/** Pixels to paint with the class, and pixels of it to make background. */
export interface CleanUp {
  add: Selection
  remove: Selection
}

function nothing(mask: ClassMask): CleanUp {
  return { add: new Selection(mask), remove: new Selection(mask) }
}

/** The rectangle around a class. */
export function boundsOfClass({ width, height, data }: ClassMask, index: number): Dirty {
  let bounds: Dirty = null
  for (let row = 0; row < height; row++) {
    const start = row * width
    const line = data.subarray(start, start + width)
    const first = line.indexOf(index)
    if (first < 0) continue
    const last = line.lastIndexOf(index)
    bounds = union(bounds, { x: first, y: row, width: last - first + 1, height: 1 })
  }
  return bounds
}

/** Whatever the class encloses: parts of other classes that cannot reach the picture's edge around it. */
export function fillHoles(mask: ClassMask, index: number): CleanUp {
  const bounds = boundsOfClass(mask, index)
  if (bounds === null) return nothing(mask)
  // A margin of one pixel leads around the class, beyond the picture's edge, too.
  const { x, y, width, height } = bounds
  const place: Rect = { x: x - 1, y: y - 1, width: width + 2, height: height + 2 }
  const open = new Uint8Array(place.width * place.height).fill(isOpen)
  for (let row = 0; row < height; row++) {
    const from = (y + row) * mask.width + x
    const to = (row + 1) * place.width + 1
    for (let column = 0; column < width; column++)
      if (mask.data[from + column] === index) open[to + column] = 0
  }
  flood(place, 0, open)
  return { ...nothing(mask), add: selectValue(mask, place, open) }
}

/** Connected parts of the class with fewer than `pixels` pixels. */
export function dropSpecks(mask: ClassMask, index: number, pixels: number): CleanUp {
  const open = gridOfClass(mask, index)
  const remove = new Selection(mask)
  for (let at = open.indexOf(isOpen); at >= 0; at = open.indexOf(isOpen, at)) {
    const part = flood(mask, at, open)
    let area = 0
    part.forEachRun((from, to) => {
      area += to - from
    })
    if (area < pixels) remove.addAll(part)
  }
  return { ...nothing(mask), remove }
}

/** Pixels at most `radius` pixels away from the class. */
export function grow(mask: ClassMask, index: number, radius: number): CleanUp {
  return { ...nothing(mask), add: reached(mask, index, radius, true) }
}

/** Pixels of the class at most `radius` pixels away from others; the picture's edge is no other. */
export function shrink(mask: ClassMask, index: number, radius: number): CleanUp {
  return { ...nothing(mask), remove: reached(mask, index, radius, false) }
}

/** What lies near the class without being of it (or near the rest, and is of the class). */
function reached(mask: ClassMask, index: number, radius: number, toClass: boolean): Selection {
  const bounds = boundsOfClass(mask, index)
  const part = bounds && widened(bounds, radius + 1, mask)
  if (part === null) return new Selection(mask)
  const near = withinReach(mask, part, { index, toClass, radius })
  for (let row = 0; row < part.height; row++) {
    const from = (part.y + row) * mask.width + part.x
    const to = row * part.width
    for (let column = 0; column < part.width; column++)
      if ((mask.data[from + column] === index) === toClass) near[to + column] = 0
  }
  return selectValue(mask, part, near)
}

/** Rounds off corners and closes gaps: see `majority`. */
export function smooth(mask: ClassMask, index: number, radius: number): CleanUp {
  const bounds = boundsOfClass(mask, index)
  const near = bounds && widened(bounds, radius, mask)
  if (near === null) return nothing(mask)
  const changes = majority(mask, near, index, radius)
  return {
    add: selectValue(mask, near, changes, toAdd),
    remove: selectValue(mask, near, changes, toRemove),
  }
}

/** Background becomes the class and the class background; other classes stay. */
export function invert(mask: ClassMask, index: number): CleanUp {
  const whole = wholeOf(mask)
  return {
    add: selectValue(mask, whole, mask.data, backgroundIndex),
    remove: selectValue(mask, whole, mask.data, index),
  }
}
