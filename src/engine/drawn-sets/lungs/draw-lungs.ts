/**
 * @file Chest radiographs: what is thick and dense is bright, lungs and the air around are dark. Ribs,
 * vessels, a stomach's air and shadows in the lungs keep grey values from telling them apart.
 */

import { roughness } from '../../sample/draw/noise.ts'
import type { Random } from '../../sample/random.ts'
import { smoothstep } from '../../sample/vector.ts'
import { developed, eachCovered } from '../drawing/canvas.ts'
import { marked, smoothLine } from '../drawing/curves.ts'
import { ellipse, line, polygon, type Shape, type Spot, slab } from '../drawing/shapes.ts'
import type { DrawnPicture } from '../types.ts'
import { type Chest, drawChest, ribLine } from './anatomy.ts'

/** How much a ray is weakened on its way to each pixel. */
class Film {
  readonly size: number
  readonly density: Float32Array

  constructor(size: number) {
    this.size = size
    this.density = new Float32Array(size * size)
  }

  /** Adds what weakens the rays, or takes it away where `by` is negative. */
  add(shape: Shape, by: number, soft = 0.01): void {
    eachCovered(this.size, shape, soft, (at, cover) => {
      this.density[at] = Math.max(0, (this.density[at] ?? 0) + by * cover)
    })
  }
}

/** Muscles and fat: thicker towards the middle and the belly, cloudy. */
function addBody(film: Film, { body, middle, domes }: Chest, random: Random): void {
  const [shiftX, shiftY] = [random.between(0, 99), random.between(0, 99)]
  eachCovered(film.size, polygon(body), 0.05, (at, cover, [x, y]) => {
    const across = Math.exp(-(((x - middle) / 0.42) ** 2))
    const belly = smoothstep(domes[1] - 0.15, domes[1] + 0.2, y)
    const clouds = 0.07 * roughness(x * 5 + shiftX, y * 5 + shiftY, 4)
    film.density[at] = cover * (0.5 + 0.42 * across + 0.28 * belly + clouds)
  })
}

function addBones(film: Film, chest: Chest, random: Random): void {
  const { middle, top, halfWidth } = chest
  for (let y = 0; y < 1; y += 0.058) {
    film.add(slab([middle, y], [0.034, 0.022], 0, 0.012), 0.22, 0.012)
    film.add(slab([middle, y + 0.028], [0.03, 0.005]), 0.1, 0.01)
  }
  const strength = random.between(0.13, 0.24)
  for (const side of [-1, 1] as const) {
    for (let number = 0; number < 8; number++) {
      const back = ribLine(chest, { side, number, front: false })
      film.add(line(back, 0.0125), strength, 0.008)
      film.add(line(back, 0.007), -0.35 * strength, 0.008)
      if (number > 0 && number < 6)
        film.add(line(ribLine(chest, { side, number, front: true }), 0.013), 0.5 * strength, 0.014)
    }
    const tilt = random.between(0, 0.05)
    const collar: Spot[] = [
      [middle + side * 0.045, top + 0.075],
      [middle + side * halfWidth * 0.5, top + 0.055],
      [middle + side * halfWidth * 0.85, top + 0.05 - tilt],
      [middle + side * (halfWidth + 0.02), top + 0.08 - tilt],
    ]
    film.add(line(smoothLine(collar), 0.016), 0.26, 0.008)
    const blade: Spot = [middle + side * (halfWidth + 0.035), top + 0.19]
    film.add(ellipse(blade, 0.045, 0.11, side * 0.25), 0.14, 0.02)
  }
}

/** Vessels branch out from the root of each lung and fade. */
function addVessels(film: Film, { middle, top, domes, halfWidth }: Chest, random: Random): void {
  for (const side of [-1, 1] as const) {
    const root: Spot = [middle + side * halfWidth * 0.24, top + (domes[0] - top) * 0.45]
    film.add(ellipse(root, 0.03, 0.055), 0.14, 0.05)
    for (let branch = 0; branch < 14; branch++) {
      const angle = random.between(-1.35, 1.35)
      const reach = random.between(0.1, 0.26)
      const bend = random.between(-0.5, 0.5)
      const start = root[1] + random.between(-0.05, 0.05)
      const at = (share: number): Spot => [
        root[0] + side * (Math.cos(angle + bend * share) * reach * share - 0.01),
        start + Math.sin(angle + bend * share) * reach * share * 1.3,
      ]
      film.add(line([at(0), at(0.25), at(0.5)], 0.004), 0.06, 0.01)
      film.add(line([at(0.5), at(0.75), at(1)], 0.0025), 0.06, 0.008)
    }
  }
}

/** A shadow in a lung as pneumonia makes it, air in the stomach, a cable, a letter of lead. */
function addFindings(film: Film, { middle, domes, halfWidth, top }: Chest, random: Random): void {
  if (random.chance(0.5)) {
    const side = random.pick([-1, 1])
    const place: Spot = [
      middle + side * halfWidth * random.between(0.4, 0.75),
      top + (domes[0] - top) * random.between(0.3, 0.85),
    ]
    const [rx, ry] = [random.between(0.05, 0.1), random.between(0.05, 0.1)]
    film.add(ellipse(place, rx, ry, random.between(0, 3)), random.between(0.12, 0.3), 0.12)
  }
  if (random.chance(0.7)) {
    const place: Spot = [middle + halfWidth * random.between(0.4, 0.65), domes[1] + 0.06]
    film.add(ellipse(place, random.between(0.05, 0.1), random.between(0.03, 0.05)), -0.6, 0.02)
  }
  if (random.chance(0.35)) {
    const points: Spot[] = [0, 0.3, 0.6, 1].map((y) => [random.between(0.25, 0.75), y])
    film.add(line(smoothLine(points), 0.003), 0.3)
  }
  film.add(slab([random.pick([0.07, 0.93]), 0.08], [0.012, 0.02]), 1.2)
}

/** Exposure: density to brightness, uneven, sometimes with the edges of the beam in the picture. */
function exposed({ size, density }: Film, random: Random): Float32Array {
  const [hardness, black, white] = [
    ...([random.between(1.4, 2.2), random.between(0.02, 0.1)] as const),
    random.between(0.8, 1),
  ]
  const slope = random.between(-0.15, 0.15)
  const beam = random.chance(0.3) ? random.between(0.01, 0.04) : -1
  const data = new Float32Array(size * size * 3)
  for (let at = 0; at < size * size; at++) {
    const [x, y] = [((at % size) + 0.5) / size, Math.floor(at / size) / size]
    const lit = 1 - Math.exp(-hardness * (density[at] ?? 0))
    const edge = Math.min(x, y, 1 - x, 1 - y) < beam ? 0.03 : 1
    const grey = (black + (white - black) * lit) * (1 + slope * (x - 0.5)) * edge
    data.fill(grey, at * 3, at * 3 + 3)
  }
  return data
}

export function drawLungs(random: Random, size: number): Omit<DrawnPicture, 'name' | 'mask'> {
  const chest = drawChest(random, size)
  const film = new Film(size)
  addBody(film, chest, random)
  const { centre, rx, ry, turn } = chest.heart
  film.add(ellipse(centre, rx, ry, turn), 0.3, 0.03)
  const air = random.between(0.5, 0.66)
  for (const lung of chest.lungs) film.add(polygon(lung), -air, 0.014)
  addVessels(film, chest, random)
  addBones(film, chest, random)
  addFindings(film, chest, random)
  const canvas = { size, data: exposed(film, random) }
  return {
    ...{ width: size, height: size },
    pixels: developed(canvas, { grain: random.between(0.012, 0.03), tint: 0 }, random),
    objects: chest.lungs.flatMap((ring) => marked(1, ring, size)),
  }
}
