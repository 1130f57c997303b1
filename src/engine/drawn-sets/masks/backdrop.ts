/** @file What is behind people: a wall with shelves, a street out of focus, trees. */
import { roughness } from '../../sample/draw/noise.ts'
import type { Random } from '../../sample/random.ts'
import { type Canvas, type Colour, canvasOf, mixed, paint, times } from '../drawing/canvas.ts'
import { circle, slab } from '../drawing/shapes.ts'
import { anyColour } from './person.ts'

function room(size: number, random: Random): Canvas {
  const wall = mixed(anyColour(random), [0.75, 0.73, 0.7], 0.6)
  const canvas = canvasOf(size, (x, y) => times(wall, 1.1 - 0.25 * y - 0.1 * x))
  const shelf = random.between(0.2, 0.5)
  if (random.chance(0.6)) {
    paint(canvas, slab([0.5, shelf], [0.6, 0.008]), times(wall, 0.5))
    for (let x = 0.02; x < 1; x += random.between(0.03, 0.09)) {
      const high = random.between(0.04, 0.1)
      paint(canvas, slab([x, shelf - high], [0.014, high]), anyColour(random), { soft: 0.006 })
    }
  }
  const frame = [random.next(), random.between(0.1, 0.4)] as const
  paint(canvas, slab(frame, [0.09, 0.12]), times(wall, 1.25), { soft: 0.006 })
  return canvas
}

function street(size: number, random: Random): Canvas {
  const [sky, ground] = [anyColour(random), mixed(anyColour(random), [0.4, 0.4, 0.4], 0.7)]
  const light = mixed(sky, [0.8, 0.87, 0.95], 0.7)
  const canvas = canvasOf(size, (_, y) => mixed(light, ground, Math.min(1, y * 1.3)))
  for (let house = 0; house < 5; house++) {
    const at = [random.next(), random.between(0.3, 0.6)] as const
    const half = [random.between(0.06, 0.14), random.between(0.2, 0.4)] as const
    paint(canvas, slab(at, half), mixed(anyColour(random), ground, 0.5), { soft: 0.03 })
  }
  for (let lamp = 0; lamp < 10; lamp++) {
    const at = [random.next(), random.next()] as const
    const ink = mixed(anyColour(random), [1, 0.95, 0.8], 0.5)
    paint(canvas, circle(at, random.between(0.02, 0.07)), ink, { soft: 0.02, opacity: 0.5 })
  }
  return canvas
}

function trees(size: number, random: Random): Canvas {
  const [dx, dy] = [random.between(0, 99), random.between(0, 99)]
  const [leaf, sky]: Colour[] = [
    [0.2, random.between(0.3, 0.45), 0.16],
    [0.85, 0.9, 0.95],
  ]
  return canvasOf(size, (x, y) => {
    const cloud = roughness(6 * x + dx, 6 * y + dy, 4)
    const open = Math.min(1, Math.max(0, 0.3 + cloud * 1.5 - y * 0.4))
    return mixed(times(leaf ?? [0, 0, 0], 1 + 0.5 * cloud), sky ?? [1, 1, 1], open)
  })
}

const backdrops = [room, street, trees]

export const drawBackdrop = (size: number, random: Random): Canvas =>
  random.pick(backdrops)(size, random)
