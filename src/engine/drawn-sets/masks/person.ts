/** @file A person from the front: clothes, neck, head, hair, and a face that may have a beard. */
import type { Random } from '../../sample/random.ts'
import { type Canvas, type Colour, mixed, paint, shade, times } from '../drawing/canvas.ts'
import { smoothRing } from '../drawing/curves.ts'
import { ellipse, grown, line, moved, polygon, type Spot, within } from '../drawing/shapes.ts'

export interface Person {
  /** Middle of the head. */
  centre: Spot
  /** Half the height of the head. */
  height: number
  /** To the side, radians. */
  tilt: number
  /** How far the face looks to the side, -1 to 1. */
  gaze: number
  skin: Colour
  hair: Colour
  clothes: Colour
}

const skins: readonly Colour[] = [
  [0.93, 0.78, 0.68],
  [0.85, 0.66, 0.52],
  [0.72, 0.53, 0.39],
  [0.52, 0.36, 0.26],
  [0.36, 0.25, 0.19],
]
const hairs: readonly Colour[] = [
  [0.12, 0.1, 0.09],
  [0.3, 0.2, 0.13],
  [0.72, 0.56, 0.32],
  [0.55, 0.26, 0.13],
  [0.72, 0.71, 0.7],
]

export const anyColour = (random: Random): Colour => [
  random.between(0.08, 0.95),
  random.between(0.08, 0.95),
  random.between(0.08, 0.95),
]

export function personAt(centre: Spot, height: number, random: Random): Person {
  return {
    ...{ centre, height },
    tilt: random.between(-0.16, 0.16),
    gaze: random.between(-0.8, 0.8),
    skin: times(random.pick(skins), random.between(0.92, 1.05)),
    hair: random.pick(hairs),
    clothes: anyColour(random),
  }
}

/** A place on the head: `u` to the right in half widths, `v` down in half heights. */
export function onHead({ centre, height, tilt }: Person, u: number, v: number): Spot {
  const [across, down] = [u * height * 0.76, v * height]
  return [
    centre[0] + across * Math.cos(tilt) - down * Math.sin(tilt),
    centre[1] + across * Math.sin(tilt) + down * Math.cos(tilt),
  ]
}

/** A closed curve through places on the head. */
export const ringOnHead = (person: Person, places: readonly Spot[], steps = 3): Spot[] =>
  smoothRing(
    places.map(([u, v]) => onHead(person, u, v)),
    steps,
  )

/** Head of a person: an egg, narrower at the chin. */
const headOf = (person: Person) =>
  polygon(
    ringOnHead(person, [
      ...([
        [0, -1],
        [0.62, -0.82],
        [0.98, -0.3],
        [0.95, 0.2],
      ] as const),
      ...([
        [0.72, 0.68],
        [0.32, 0.97],
        [0, 1.03],
        [-0.32, 0.97],
      ] as const),
      ...([
        [-0.72, 0.68],
        [-0.95, 0.2],
        [-0.98, -0.3],
        [-0.62, -0.82],
      ] as const),
    ]),
  )

/** What is behind and below the head. */
export function drawBody(canvas: Canvas, person: Person, random: Random): void {
  const { centre, height, clothes, skin, hair } = person
  const [x, y] = centre
  const wide = height * random.between(1.8, 2.2)
  const shoulders = smoothRing([
    ...([
      [x - wide * 1.05, 1.2],
      [x - wide, y + height * 2.1],
    ] as const),
    ...([
      [x - wide * 0.62, y + height * 1.5],
      [x - height * 0.4, y + height * 1.25],
    ] as const),
    ...([
      [x + height * 0.4, y + height * 1.25],
      [x + wide * 0.62, y + height * 1.5],
    ] as const),
    ...([
      [x + wide, y + height * 2.1],
      [x + wide * 1.05, 1.2],
    ] as const),
  ])
  const isLong = random.chance(0.4)
  if (isLong)
    paint(canvas, ellipse([x, y + height * 0.4], height, height * 1.35), times(hair, 0.85))
  const cloth = polygon(shoulders)
  const stripes = random.chance(0.3)
  const second = anyColour(random)
  paint(canvas, cloth, (_, row) =>
    stripes && Math.floor(row / (height * 0.22)) % 2 === 0 ? second : clothes,
  )
  const neck = ellipse([x, y + height * 1.05], height * 0.36, height * 0.6)
  paint(canvas, neck, times(skin, 0.78))
}

function drawEyes(canvas: Canvas, person: Person): void {
  const { height, gaze, hair } = person
  for (const side of [-1, 1]) {
    const eye = onHead(person, side * 0.38 + gaze * 0.14, -0.12)
    paint(canvas, ellipse(eye, height * 0.12, height * 0.06, person.tilt), [0.95, 0.95, 0.93])
    paint(canvas, ellipse(eye, height * 0.055, height * 0.058), [0.15, 0.11, 0.08])
    const brow = [-0.15, 0, 0.15].map((along) =>
      onHead(person, side * 0.38 + gaze * 0.14 + along, -0.3 - (along === 0 ? 0.04 : 0)),
    )
    paint(canvas, line(brow, height * 0.025), times(hair, 0.8))
  }
}

/** A beard covers what a mask would. */
function drawLowerFace(canvas: Canvas, person: Person, random: Random): void {
  const { height, gaze, skin, hair } = person
  const head = headOf(person)
  if (random.chance(0.3)) {
    const chin = ellipse(
      onHead(person, gaze * 0.05, 0.75),
      height * 0.72,
      height * 0.52,
      person.tilt,
    )
    paint(canvas, within(head, chin), hair, { soft: height * 0.1, opacity: 0.9 })
  }
  const nose = [onHead(person, gaze * 0.2, -0.05), onHead(person, gaze * 0.3, 0.26)]
  paint(canvas, line(nose, height * 0.045), times(skin, 0.86), { soft: height * 0.08 })
  const mouth = ellipse(
    onHead(person, gaze * 0.16, 0.56),
    height * 0.22,
    height * 0.06,
    person.tilt,
  )
  paint(canvas, mouth, mixed(skin, [0.66, 0.25, 0.25], 0.6))
}

/** The head with its hair; `bald` where a hat hides it anyway. */
export function drawHead(canvas: Canvas, person: Person, random: Random): void {
  const { height, skin, hair, gaze } = person
  for (const side of [-1, 1])
    paint(
      canvas,
      ellipse(onHead(person, side * 1.0, 0.02), height * 0.11, height * 0.2),
      times(skin, 0.85),
    )
  const head = headOf(person)
  paint(canvas, head, skin)
  // Light from one side.
  const away = moved(head, [height * 0.35 * Math.sign(gaze || 1), height * 0.1])
  shade(canvas, within(head, grown(away, 0)), 0.9, height * 0.3)
  drawEyes(canvas, person)
  drawLowerFace(canvas, person, random)
  if (random.chance(0.12)) return
  const fringe = random.between(-0.62, -0.4)
  const top = ringOnHead(person, [
    ...([
      [-1.06, -0.1],
      [-1.08, -0.6],
      [-0.62, -1.1],
      [0, -1.2],
    ] as const),
    ...([
      [0.62, -1.1],
      [1.08, -0.6],
      [1.06, -0.1],
      [0.86, -0.35],
    ] as const),
    ...([
      [0.5, fringe],
      [0, fringe - 0.1],
      [-0.5, fringe + 0.05],
      [-0.86, -0.35],
    ] as const),
  ])
  paint(canvas, polygon(top), (x) => times(hair, 1 + 0.12 * Math.sin((x * 40) / height / 3)))
}
