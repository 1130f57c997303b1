/**
 * @file Tank farms from the air. Roofs are as bright as ground, roads and buildings, some brighter, some
 * darker; what tells them is that they are round and stand up.
 */
import type { Random } from '../../sample/random.ts'
import { canvasOf, developed } from '../drawing/canvas.ts'
import { marked, onPixels, ringAround } from '../drawing/curves.ts'
import type { Spot } from '../drawing/shapes.ts'
import type { DrawnPicture } from '../types.ts'
import { drawBuilding, drawPipes, drawPond, drawRoad, drawTree, type Sun, soil } from './ground.ts'
import { drawTank, type Tank, tankAt } from './tank.ts'

const isApart = (a: Tank, { centre, radius }: Pick<Tank, 'centre' | 'radius'>): boolean =>
  Math.hypot(a.centre[0] - centre[0], a.centre[1] - centre[1]) > (a.radius + radius) * 1.15

/** Tanks of one or two sizes, in loose rows, none upon another. */
function placedTanks(random: Random): Tank[] {
  const sizes = [random.between(0.07, 0.13), random.between(0.035, 0.07)]
  const wanted = random.below(8) + 2
  const tanks: Tank[] = []
  for (let attempt = 0; attempt < 60 && tanks.length < wanted; attempt++) {
    const radius = random.pick(sizes)
    const pitch = radius * 2.4
    const onGrid = (value: number): number =>
      Math.round(value / pitch) * pitch + random.between(-0.01, 0.01)
    const centre: Spot = [onGrid(random.next()), onGrid(random.next())]
    if (tanks.every((tank) => isApart(tank, { centre, radius })))
      tanks.push(tankAt(centre, radius, random))
  }
  return tanks
}

/** A place where no tank stands. */
function freePlace(tanks: readonly Tank[], radius: number, random: Random): Spot | null {
  for (let attempt = 0; attempt < 20; attempt++) {
    const centre: Spot = [random.next(), random.next()]
    if (tanks.every((tank) => isApart(tank, { centre, radius }))) return centre
  }
  return null
}

export function drawTanks(random: Random, size: number): Omit<DrawnPicture, 'name' | 'mask'> {
  const canvas = canvasOf(size, soil(random))
  const towards = random.between(0, 2 * Math.PI)
  const reach = random.between(0.12, 0.22)
  const sun: Sun = {
    shadow: [Math.cos(towards) * reach, Math.sin(towards) * reach],
    dark: random.between(0.4, 0.6),
  }
  const tanks = placedTanks(random)
  for (let road = random.below(3); road > 0; road--) drawRoad(canvas, random)
  const about = (count: number, room: number, draw: (at: Spot) => void): void => {
    for (; count > 0; count--) {
      const at = freePlace(tanks, room, random)
      if (at) draw(at)
    }
  }
  about(random.below(2), 0.09, (at) => drawPond(canvas, at, random))
  about(random.below(4), 0.09, (at) => drawBuilding(canvas, at, sun, random))
  for (const [i, tank] of tanks.entries())
    if (i > 0 && random.chance(0.5))
      drawPipes(canvas, tanks[i - 1]?.centre ?? tank.centre, tank.centre)
  about(random.below(14), 0.02, (at) => drawTree(canvas, at, sun, random))
  for (const tank of tanks) drawTank(canvas, tank, sun, random)
  return {
    ...{ width: size, height: size },
    pixels: developed(canvas, { grain: random.between(0.01, 0.025) }, random),
    objects: tanks.flatMap(({ centre, radius }) =>
      marked(1, onPixels(ringAround(centre, radius), size), size),
    ),
  }
}
