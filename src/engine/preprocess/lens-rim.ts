/** @file The rim of an image circle, to a fraction of a pixel. */
import type { Point } from '../../shared/region.ts'
import { type Circle, fitCircle } from './circle.ts'
import { type Colour, colourDistance, type RgbPicture } from './lens-surround.ts'

/** Places of the rim that are measured. */
const rimPlaces = 720

/** How far inside and outside of the rim is looked at, as a share of the radius. */
const reachShare = 0.03

/** Less contrast than this between inside and outside is noise. */
const leastContrast = 12

const samplesPerPixel = 2

/** A picture of the tape and the colour of the surround in it. */
export interface Shot {
  picture: RgbPicture
  surround: Colour
}

/** Improves a circle that is right to about a hundredth of its radius. */
export function refineCircle(circle: Circle, shots: readonly Shot[]): Circle {
  const points: Point[] = []
  for (let place = 0; place < rimPlaces; place++) {
    const angle = (place / rimPlaces) * 2 * Math.PI
    const offset = edgeOffset(profileAlong(circle, angle, shots))
    if (offset === null) continue
    const distance = circle.radius + offset
    points.push([circle.cx + distance * Math.cos(angle), circle.cy + distance * Math.sin(angle)])
  }
  return points.length < rimPlaces / 20 ? circle : fitCircle(points, circle)
}

/** How unlike the surround the picture is, from inside to outside across the rim. */
interface Profile {
  /** Distance of the first sample from the rim; the others follow by 1 / `samplesPerPixel`. */
  start: number
  values: number[]
}

function profileAlong({ cx, cy, radius }: Circle, angle: number, shots: readonly Shot[]): Profile {
  const reach = Math.max(4, Math.round(reachShare * radius))
  const values: number[] = []
  for (let sample = 0; sample <= 2 * reach * samplesPerPixel; sample++) {
    const distance = radius - reach + sample / samplesPerPixel
    const column = Math.floor(cx + distance * Math.cos(angle))
    const row = Math.floor(cy + distance * Math.sin(angle))
    const value = unlikeness(column, row, shots)
    if (value === null) break
    values.push(value)
  }
  return { start: -reach, values }
}

/** The mean distance of a pixel from the surround's colour; null outside the picture. */
function unlikeness(column: number, row: number, shots: readonly Shot[]): number | null {
  let sum = 0
  for (const { picture, surround } of shots) {
    const { width, height, data } = picture
    if (column < 0 || row < 0 || column >= width || row >= height) return null
    sum += colourDistance(data, row * width + column, surround)
  }
  return sum / shots.length
}

/**
 * Where, seen from outside, the profile first rises to half of its level inside, as a distance from
 * the rim; null where there is no clear edge.
 */
function edgeOffset({ start, values }: Profile): number | null {
  const third = Math.floor(values.length / 3)
  const inside = mean(values.slice(0, third))
  const outside = mean(values.slice(-third))
  const half = (inside + outside) / 2
  const last = values.findLastIndex((value) => value > half)
  const [here = 0, next = 0] = [values[last], values[last + 1]]
  if (!(inside - outside >= leastContrast) || last + 1 >= values.length) return null
  return start + (last + (here - half) / (here - next)) / samplesPerPixel
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
