/** @file Hats: caps, woollen hats, hats with a brim, helmets. */
import type { Random } from '../../sample/random.ts'
import { type Canvas, type Colour, paint, shade, times } from '../drawing/canvas.ts'
import { onPixels } from '../drawing/curves.ts'
import { line, polygon, type Shape, type Spot, within } from '../drawing/shapes.ts'
import { anyColour, onHead, type Person, ringOnHead } from './person.ts'

interface Hat {
  /** Places on the head, for one that looks to the right. */
  outline: readonly Spot[]
  /** Lines across it: seams, bands, ribs. */
  lines: readonly (readonly Spot[])[]
  /** Half as wide as the lines, in half heights of the head. */
  width: number
}

const hats = {
  cap: {
    outline: [
      ...([
        [-1.08, -0.34],
        [-1.1, -0.78],
        [-0.66, -1.26],
        [0, -1.38],
      ] as const),
      ...([
        [0.66, -1.26],
        [1.06, -0.82],
        [1.12, -0.52],
        [1.72, -0.4],
      ] as const),
      ...([
        [1.78, -0.3],
        [1.1, -0.26],
        [0, -0.42],
      ] as const),
    ],
    lines: [
      [
        [-1.05, -0.42],
        [0, -0.5],
        [1.1, -0.44],
      ],
      [
        [0.2, -1.36],
        [0.25, -0.5],
      ],
    ],
    width: 0.018,
  },
  woollen: {
    outline: [
      ...([
        [-1.12, -0.3],
        [-1.14, -0.75],
        [-0.7, -1.3],
        [-0.15, -1.46],
      ] as const),
      ...([
        [0, -1.62],
        [0.15, -1.46],
        [0.7, -1.3],
        [1.14, -0.75],
      ] as const),
      ...([
        [1.12, -0.3],
        [0.5, -0.38],
        [-0.5, -0.38],
      ] as const),
    ],
    lines: [
      [
        [-1.1, -0.6],
        [0, -0.68],
        [1.1, -0.6],
      ],
      [
        [-0.5, -1.3],
        [-0.6, -0.7],
      ],
      [
        [0, -1.4],
        [0, -0.7],
      ],
      [
        [0.5, -1.3],
        [0.6, -0.7],
      ],
    ],
    width: 0.03,
  },
  brim: {
    outline: [
      ...([
        [-1.75, -0.5],
        [-1.1, -0.62],
        [-0.98, -1.2],
        [-0.5, -1.5],
      ] as const),
      ...([
        [0, -1.42],
        [0.5, -1.5],
        [0.98, -1.2],
        [1.1, -0.62],
      ] as const),
      ...([
        [1.75, -0.5],
        [1.0, -0.32],
        [0, -0.27],
        [-1.0, -0.32],
      ] as const),
    ],
    lines: [
      [
        [-1.02, -0.7],
        [0, -0.62],
        [1.02, -0.7],
      ],
    ],
    width: 0.07,
  },
  helmet: {
    outline: [
      ...([
        [-1.3, -0.4],
        [-1.16, -0.62],
        [-1.05, -1.05],
        [-0.5, -1.48],
      ] as const),
      ...([
        [0, -1.56],
        [0.5, -1.48],
        [1.05, -1.05],
        [1.16, -0.62],
      ] as const),
      ...([
        [1.3, -0.4],
        [0.6, -0.4],
        [-0.6, -0.4],
      ] as const),
    ],
    lines: [
      [
        [0, -1.52],
        [0, -0.6],
      ],
      [
        [-0.3, -1.46],
        [-0.34, -0.6],
      ],
      [
        [0.3, -1.46],
        [0.34, -0.6],
      ],
    ],
    width: 0.03,
  },
} as const satisfies Record<string, Hat>

const kinds = ['cap', 'woollen', 'brim', 'helmet'] as const

function drawFolds(canvas: Canvas, shape: Shape, person: Person, random: Random): void {
  const side = person.gaze < 0 ? 1 : -1
  const dark = [onHead(person, side * 1.1, -1.2), onHead(person, side * 1.1, -0.3)]
  shade(canvas, within(shape, line(dark, person.height * 0.5)), random.between(0.7, 0.85), 0.06)
}

/** Draws a hat, and returns its outline. */
export function drawHat(canvas: Canvas, person: Person, random: Random): Spot[] {
  const { outline, lines, width } = hats[random.pick(kinds)]
  const way = person.gaze < 0 ? -1 : 1
  const placed = outline.map(([u, v]): Spot => [u * way, v])
  const ring = onPixels(ringOnHead(person, placed, 2), canvas.size)
  const shape = polygon(ring)
  const ink: Colour = random.chance(0.3)
    ? times(random.pick([person.hair, person.skin]), random.between(0.8, 1.15))
    : anyColour(random)
  paint(canvas, shape, ink)
  drawFolds(canvas, shape, person, random)
  for (const places of lines) {
    const seam = places.map(([u, v]) => onHead(person, u * way, v))
    paint(canvas, within(line(seam, width * person.height), shape), times(ink, 0.65))
  }
  return ring
}
