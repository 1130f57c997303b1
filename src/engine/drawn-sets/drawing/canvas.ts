/** @file Pictures in the making: light by channel, shapes with soft edges, grain, bytes. */
import type { Random } from '../../sample/random.ts'
import { smoothstep } from '../../sample/vector.ts'
import type { Shape } from './shapes.ts'

/** Red, green, blue as a screen shows them, 0 to 1. */
export type Colour = readonly [number, number, number]

/** A colour, or one for each place. */
export type Ink = Colour | ((x: number, y: number) => Colour)

export interface Canvas {
  /** Width and height in pixels. */
  size: number
  /** `[size, size, 3]`, 0 to 1. */
  data: Float32Array
}

export function canvasOf(size: number, ink: Ink): Canvas {
  const canvas = { size, data: new Float32Array(size * size * 3) }
  const all: Shape = { bounds: [0, 0, 1, 1], distance: () => -1 }
  paint(canvas, all, ink)
  return canvas
}

type Visit = (at: number, cover: number, place: readonly [x: number, y: number]) => void

/** Pixels to a side of the blocks that are looked at as a whole first. */
const block = 8

/**
 * Visits each pixel that a shape reaches, with how much of it is covered (0 to 1). The edge is as wide
 * as a pixel, or `soft` as a share of the side. Blocks far from the edge are in or out as a whole.
 */
export function eachCovered(size: number, shape: Shape, soft: number, visit: Visit): void {
  const { bounds, distance } = shape
  const width = Math.max(soft, 1 / size)
  // Distances of ellipses are approximate, hence twice the half diagonal.
  const reach = width / 2 + (block / size) * Math.SQRT2
  const [left, top, right, bottom] = bounds
  const first = (edge: number): number => Math.max(0, Math.floor((edge - width) * size))
  const end = (edge: number): number => Math.min(size, Math.ceil((edge + width) * size))
  for (let row = first(top); row < end(bottom); row += block)
    for (let column = first(left); column < end(right); column += block) {
      const away = distance((column + block / 2) / size, (row + block / 2) / size)
      if (away > reach) continue
      const [lastRow, lastColumn] = [Math.min(row + block, size), Math.min(column + block, size)]
      for (let y = row; y < lastRow; y++)
        for (let x = column; x < lastColumn; x++) {
          const place = [(x + 0.5) / size, (y + 0.5) / size] as const
          const share = away < -reach ? 1 : 0.5 - distance(...place) / width
          if (share > 0) visit(y * size + x, smoothstep(0, 1, share), place)
        }
    }
}

export interface Brush {
  /** Width of the edge as a share of the side. */
  soft?: number
  /** 0 to 1; 1 covers. */
  opacity?: number
}

/** Covers a shape with ink. */
export function paint({ size, data }: Canvas, shape: Shape, ink: Ink, brush: Brush = {}): void {
  const { soft = 0, opacity = 1 } = brush
  eachCovered(size, shape, soft, (at, cover, [x, y]) => {
    const colour = typeof ink === 'function' ? ink(x, y) : ink
    const share = cover * opacity
    for (let channel = 0; channel < 3; channel++) {
      const index = at * 3 + channel
      const under = data[index] ?? 0
      data[index] = under + ((colour[channel] ?? 0) - under) * share
    }
  })
}

/** Multiplies what is there: below 1 a shadow, above 1 light. */
export function shade({ size, data }: Canvas, shape: Shape, by: number, soft = 0): void {
  eachCovered(size, shape, soft, (at, cover) => {
    const factor = 1 + (by - 1) * cover
    for (let channel = 0; channel < 3; channel++)
      data[at * 3 + channel] = (data[at * 3 + channel] ?? 0) * factor
  })
}

/** The bytes of a picture, with the sensor's grain: `grain` in brightness, `tint` by channel. */
export function developed(
  { size, data }: Canvas,
  { grain, tint = 0.5 * grain }: { grain: number; tint?: number },
  random: Random,
): Uint8ClampedArray<ArrayBuffer> {
  const bytes = new Uint8ClampedArray(size * size * 3)
  const around = (): number => random.next() + random.next() + random.next() - 1.5
  for (let pixel = 0; pixel < size * size; pixel++) {
    const grey = around() * 2 * grain
    for (let channel = 0; channel < 3; channel++) {
      const noise = tint > 0 ? around() * 2 * tint : 0
      bytes[pixel * 3 + channel] = 255 * ((data[pixel * 3 + channel] ?? 0) + grey + noise)
    }
  }
  return bytes
}

/** A colour, lighter (above 1) or darker. */
export const times = ([r, g, b]: Colour, by: number): Colour => [r * by, g * by, b * by]

export const mixed = (a: Colour, b: Colour, share: number): Colour => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
]
