/** @file Face masks: surgical with pleats, moulded, of cloth with a pattern. */
import type { Random } from '../../sample/random.ts'
import { type Canvas, type Colour, paint, shade, times } from '../drawing/canvas.ts'
import { onPixels } from '../drawing/curves.ts'
import { circle, line, polygon, type Spot, within } from '../drawing/shapes.ts'
import { anyColour, onHead, type Person, ringOnHead } from './person.ts'

const usual: readonly Colour[] = [
  [0.93, 0.94, 0.95],
  [0.58, 0.78, 0.88],
  [0.13, 0.13, 0.15],
  [0.55, 0.57, 0.6],
  [0.9, 0.68, 0.73],
]

/** The outline, as an annotator would set it; on some it sits too low. */
function outline(person: Person, random: Random): Spot[] {
  const drop = random.chance(0.15) ? 0.28 : 0
  const { gaze } = person
  const wide = random.between(0.84, 0.93)
  const places: Spot[] = [
    [-wide, 0.16 + drop],
    [-0.45 + gaze * 0.12, 0.06 + drop],
    [gaze * 0.2, -0.02 + drop * 0.9],
    [0.45 + gaze * 0.12, 0.06 + drop],
    [wide, 0.16 + drop],
    [wide - 0.06, 0.52 + drop / 2],
    [0.5, 0.94],
    [gaze * 0.08, 1.1],
    [-0.5, 0.94],
    [-wide + 0.06, 0.52 + drop / 2],
  ]
  return ringOnHead(person, places, 2)
}

function drawPattern(canvas: Canvas, person: Person, ring: readonly Spot[], random: Random): void {
  const shape = polygon(ring)
  const ink = anyColour(random)
  for (let dot = 0; dot < 22; dot++) {
    const at = onHead(person, random.between(-0.9, 0.9), random.between(0, 1.05))
    paint(canvas, within(circle(at, person.height * 0.07), shape), ink)
  }
}

function drawPleats(canvas: Canvas, person: Person, ring: readonly Spot[], ink: Colour): void {
  const shape = polygon(ring)
  for (const v of [0.32, 0.5, 0.68]) {
    const pleat = [-0.8, 0, 0.8].map((u) => onHead(person, u, v + (u === 0 ? 0.08 : 0)))
    paint(canvas, within(line(pleat, person.height * 0.014), shape), times(ink, 0.72))
  }
}

/** Draws a mask with its straps, and returns its outline. */
export function drawMask(canvas: Canvas, person: Person, random: Random): Spot[] {
  const ring = onPixels(outline(person, random), canvas.size)
  const ink = times(random.pick(usual), random.between(0.85, 1.04))
  for (const side of [-1, 1])
    for (const [v, end] of [
      [0.2, -0.12],
      [0.56, 0.16],
    ] as const) {
      const strap = [onHead(person, side * 0.85, v), onHead(person, side * 1.02, end)]
      paint(canvas, line(strap, person.height * 0.016), [0.88, 0.88, 0.88])
    }
  const shape = polygon(ring)
  paint(canvas, shape, ink)
  const kind = random.pick(['surgical', 'moulded', 'cloth'] as const)
  if (kind === 'surgical') drawPleats(canvas, person, ring, ink)
  if (kind === 'cloth') drawPattern(canvas, person, ring, random)
  if (kind === 'moulded') {
    const seam = [onHead(person, person.gaze * 0.2, 0), onHead(person, person.gaze * 0.1, 1.08)]
    paint(canvas, within(line(seam, person.height * 0.015), shape), times(ink, 0.7))
  }
  const low = circle(onHead(person, 0, 1.2), person.height * 0.5)
  shade(canvas, within(shape, low), 0.85, person.height * 0.3)
  return ring
}
