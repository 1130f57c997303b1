/** @file Putting a class of a mask in order: each function picks what is to be painted, or taken away. */
import { backgroundIndex, type ClassMask } from '../../../../shared/mask.ts'
import { squaredDistances } from './distance.ts'
import { flood } from './flood.ts'
import { type Dirty, union, wholeOf, widened } from './rect.ts'
import { Selection, selectWhere } from './selection.ts'

/** Pixels to paint with the class, and pixels of it to make background. */
export interface CleanUp {
  add: Selection
  remove: Selection
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
  const { width, height, data } = mask
  const nothing = { add: new Selection(mask), remove: new Selection(mask) }
  const bounds = boundsOfClass(mask, index)
  if (bounds === null) return nothing
  const outside = new Uint8Array(width * height)
  const isOther = (offset: number): boolean => data[offset] !== index
  const reach = (offset: number): void => {
    if (outside[offset] === 0 && isOther(offset)) flood(mask, offset, isOther, outside)
  }
  for (let x = 0; x < width; x++) {
    reach(x)
    reach((height - 1) * width + x)
  }
  for (let y = 0; y < height; y++) {
    reach(y * width)
    reach(y * width + width - 1)
  }
  return {
    ...nothing,
    add: selectWhere(mask, bounds, (at) => isOther(at) && outside[at] === 0),
  }
}

/** Connected parts of the class with fewer than `pixels` pixels. */
export function dropSpecks(mask: ClassMask, index: number, pixels: number): CleanUp {
  const { width, height, data } = mask
  const seen = new Uint8Array(width * height)
  const remove = new Selection(mask)
  const isClass = (offset: number): boolean => data[offset] === index
  for (let at = data.indexOf(index); at >= 0; at = data.indexOf(index, at + 1)) {
    if (seen[at] === 1) continue
    const part = flood(mask, at, isClass, seen)
    let area = 0
    part.forEachRun((from, to) => {
      area += to - from
    })
    if (area < pixels) remove.addAll(part)
  }
  return { add: new Selection(mask), remove }
}

/** Pixels at most `radius` pixels away from the class. */
export function grow(mask: ClassMask, index: number, radius: number): CleanUp {
  const { near, at } = distancesAround(mask, index, radius, true)
  const add = selectWhere(mask, near, (offset) => {
    const distance = at(offset)
    return distance > 0 && distance <= radius * radius
  })
  return { add, remove: new Selection(mask) }
}

/** Pixels of the class at most `radius` pixels away from others; the picture's edge is no other. */
export function shrink(mask: ClassMask, index: number, radius: number): CleanUp {
  const { near, at } = distancesAround(mask, index, radius, false)
  const remove = selectWhere(mask, near, (offset) => {
    const distance = at(offset)
    return distance > 0 && distance <= radius * radius
  })
  return { add: new Selection(mask), remove }
}

/** Squared distances to the class (or to all that is not it), in the part of the picture around it. */
function distancesAround(mask: ClassMask, index: number, radius: number, toClass: boolean) {
  const bounds = boundsOfClass(mask, index)
  const near = bounds && widened(bounds, Math.ceil(radius) + 1, mask)
  if (near === null) return { near, at: () => 0 }
  const { width, data } = mask
  const distances = squaredDistances(near, (x, y) => {
    const isClass = data[(near.y + y) * width + near.x + x] === index
    return isClass === toClass
  })
  const at = (offset: number): number => {
    const row = Math.floor(offset / width) - near.y
    return distances[row * near.width + (offset % width) - near.x] ?? 0
  }
  return { near, at }
}

/**
 * Rounds off corners and closes gaps: a pixel belongs to the class when most of the square of
 * `2 radius + 1` pixels around it does. Squares end at the picture's edge.
 */
export function smooth(mask: ClassMask, index: number, radius: number): CleanUp {
  const { width, data } = mask
  const bounds = boundsOfClass(mask, index)
  const near = bounds && widened(bounds, radius, mask)
  if (near === null) return { add: new Selection(mask), remove: new Selection(mask) }
  const reach = widened(near, radius, mask) ?? near
  const sums = integral(mask, reach, index)
  const isMost = (offset: number): boolean => {
    const [x, y] = [(offset % width) - reach.x, Math.floor(offset / width) - reach.y]
    const [left, right] = [Math.max(0, x - radius), Math.min(reach.width, x + radius + 1)]
    const [top, bottom] = [Math.max(0, y - radius), Math.min(reach.height, y + radius + 1)]
    const sum = (column: number, row: number): number => sums[row * (reach.width + 1) + column] ?? 0
    const count = sum(right, bottom) - sum(left, bottom) - sum(right, top) + sum(left, top)
    return 2 * count > (right - left) * (bottom - top)
  }
  return {
    add: selectWhere(mask, near, (at) => data[at] !== index && isMost(at)),
    remove: selectWhere(mask, near, (at) => data[at] === index && !isMost(at)),
  }
}

/** Sums of the class's pixels above and to the left of each corner, `[height + 1, width + 1]`. */
function integral(
  { width, data }: ClassMask,
  part: { x: number; y: number; width: number; height: number },
  index: number,
): Uint32Array {
  const stride = part.width + 1
  const sums = new Uint32Array(stride * (part.height + 1))
  for (let y = 0; y < part.height; y++) {
    let row = 0
    for (let x = 0; x < part.width; x++) {
      if (data[(part.y + y) * width + part.x + x] === index) row++
      sums[(y + 1) * stride + x + 1] = (sums[y * stride + x + 1] ?? 0) + row
    }
  }
  return sums
}

/** Background becomes the class and the class background; other classes stay. */
export function invert(mask: ClassMask, index: number): CleanUp {
  const whole = wholeOf(mask)
  return {
    add: selectWhere(mask, whole, (at) => mask.data[at] === backgroundIndex),
    remove: selectWhere(mask, whole, (at) => mask.data[at] === index),
  }
}
