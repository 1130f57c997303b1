/** @file A round tank from above: its roof, rim, stairs, shadow, and the wall of earth around it. */
import type { Random } from '../../sample/random.ts'
import { type Canvas, type Colour, paint, shade, times } from '../drawing/canvas.ts'
import { circle, grown, line, moved, type Spot, within, without } from '../drawing/shapes.ts'
import { castShadow, type Sun } from './ground.ts'

export interface Tank {
  centre: Spot
  radius: number
  kind: 'cone' | 'dome' | 'floating'
  colour: Colour
}

const colours: readonly Colour[] = [
  [0.9, 0.9, 0.88],
  [0.82, 0.8, 0.74],
  [0.6, 0.62, 0.64],
  [0.66, 0.5, 0.38],
  [0.42, 0.44, 0.45],
  [0.34, 0.46, 0.42],
  [0.25, 0.25, 0.26],
]

export function tankAt(centre: Spot, radius: number, random: Random): Tank {
  const kind = random.pick(['cone', 'dome', 'floating'] as const)
  return { centre, radius, kind, colour: times(random.pick(colours), random.between(0.85, 1.05)) }
}

/** Brightness of a roof at a place, by how it is inclined to the sun. */
function lit({ centre, radius, kind }: Tank, { shadow }: Sun): (x: number, y: number) => number {
  return (x, y) => {
    const [u, v] = [(x - centre[0]) / radius, (y - centre[1]) / radius]
    const out = Math.sqrt(u * u + v * v)
    const towards = -(u * shadow[0] + v * shadow[1]) / Math.hypot(...shadow)
    return kind === 'cone' ? 1 + (0.16 * towards) / Math.max(0.05, out) : 1 + 0.3 * towards
  }
}

function drawRoof(canvas: Canvas, tank: Tank, sun: Sun): void {
  const { centre, radius, kind, colour } = tank
  const wall = circle(centre, radius)
  if (kind !== 'floating') {
    const light = lit(tank, sun)
    paint(canvas, wall, (x, y) => times(colour, light(x, y)))
    paint(canvas, circle(centre, radius * 0.06), times(colour, 0.6))
    return
  }
  // A roof that floats lies deep: the wall throws its shadow on it.
  const inside = grown(wall, -0.06 * radius)
  paint(canvas, wall, times(colour, 1.1))
  paint(canvas, inside, times(colour, 0.8))
  const [dx, dy] = sun.shadow
  const open = moved(inside, [dx * radius * 1.1, dy * radius * 1.1])
  shade(canvas, without(inside, open), sun.dark, 0.004)
  paint(canvas, line([centre, [centre[0] + radius * 0.9, centre[1]]], 0.003), times(colour, 0.5))
}

/** Rust that has run down, a rim, and stairs around a part of the wall. */
function drawDetails(canvas: Canvas, { centre, radius, colour }: Tank, random: Random): void {
  const wall = circle(centre, radius)
  for (let spot = 0; spot < 3; spot++) {
    const [angle, out] = [random.between(0, 6.3), random.between(0.2, 0.9) * radius]
    const place: Spot = [centre[0] + Math.cos(angle) * out, centre[1] + Math.sin(angle) * out]
    const rust = within(circle(place, radius * random.between(0.08, 0.25)), wall)
    paint(canvas, rust, [0.4, 0.27, 0.18], { soft: 0.02, opacity: random.between(0.1, 0.45) })
  }
  paint(canvas, without(wall, grown(wall, -0.004)), times(colour, 0.7))
  const start = random.between(0, 6.3)
  const stairs = Array.from({ length: 9 }, (_, i): Spot => {
    const angle = start + i * 0.13
    return [
      centre[0] + Math.cos(angle) * radius * 0.97,
      centre[1] + Math.sin(angle) * radius * 0.97,
    ]
  })
  paint(canvas, within(line(stairs, 0.005), wall), times(colour, 0.45))
}

export function drawTank(canvas: Canvas, tank: Tank, sun: Sun, random: Random): void {
  const wall = circle(tank.centre, tank.radius)
  const around = circle(tank.centre, tank.radius * 1.35)
  if (random.chance(0.5)) {
    shade(canvas, without(grown(around, 0.012), around), 1.18, 0.006)
    shade(canvas, around, 0.9, 0.006)
  }
  castShadow(canvas, wall, sun, random.between(0.5, 1) * tank.radius * 6)
  drawRoof(canvas, tank, sun)
  drawDetails(canvas, tank, random)
}
