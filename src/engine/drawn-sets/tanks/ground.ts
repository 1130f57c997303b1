/** @file What lies around tanks, seen from above: soil, roads, buildings, trees, pipes. */
import { roughness } from '../../sample/draw/noise.ts'
import type { Random } from '../../sample/random.ts'
import { type Canvas, type Colour, mixed, paint, shade, times } from '../drawing/canvas.ts'
import { circle, ellipse, line, moved, type Shape, type Spot, slab } from '../drawing/shapes.ts'

/** Where shadows fall, as a direction of length 1 times how long they are. */
export interface Sun {
  shadow: Spot
  /** How bright what lies in the shadow stays. */
  dark: number
}

const soils: readonly Colour[] = [
  [0.62, 0.55, 0.44],
  [0.45, 0.48, 0.34],
  [0.56, 0.53, 0.5],
  [0.7, 0.64, 0.53],
  [0.36, 0.4, 0.3],
]
const roofs: readonly Colour[] = [
  [0.75, 0.74, 0.72],
  [0.5, 0.28, 0.22],
  [0.35, 0.38, 0.42],
  [0.88, 0.87, 0.84],
]

/** The colour of the ground at each place: two soils in patches, grainy. */
export function soil(random: Random): (x: number, y: number) => Colour {
  const [a, b] = [random.pick(soils), random.pick(soils)]
  const [dx, dy] = [random.between(0, 99), random.between(0, 99)]
  return (x, y) => {
    const share = 0.5 + 1.4 * roughness(3 * x + dx, 3 * y + dy, 3)
    const grain = 1 + 0.12 * roughness(40 * x + dy, 40 * y + dx, 2)
    return times(mixed(a, b, Math.min(1, Math.max(0, share))), grain)
  }
}

/** A shadow from the foot of something to where its top throws it. */
export function castShadow(
  canvas: Canvas,
  foot: Shape,
  { shadow, dark }: Sun,
  height: number,
): void {
  const steps = 10
  const [dx, dy] = shadow
  // One darkening for the whole of it: the union of the foot's way.
  const way = Array.from({ length: steps + 1 }, (_, i) =>
    moved(foot, [(dx * height * i) / steps, (dy * height * i) / steps]),
  )
  const sides = way.map(({ bounds }) => bounds)
  shade(
    canvas,
    {
      bounds: [
        ...([Math.min(...sides.map(([l]) => l)), Math.min(...sides.map(([, t]) => t))] as const),
        ...([Math.max(...sides.map((s) => s[2])), Math.max(...sides.map((s) => s[3]))] as const),
      ],
      distance: (x, y) => Math.min(...way.map((shape) => shape.distance(x, y))),
    },
    dark,
  )
}

export function drawRoad(canvas: Canvas, random: Random): void {
  const upright = random.chance(0.5)
  const place = random.between(0.1, 0.9)
  const tilt = random.between(-0.15, 0.15)
  const ends: Spot[] = upright
    ? [
        [place - tilt, -0.1],
        [place + tilt, 1.1],
      ]
    : [
        [-0.1, place - tilt],
        [1.1, place + tilt],
      ]
  const width = random.between(0.015, 0.03)
  const grey = random.between(0.3, 0.62)
  paint(canvas, line(ends, width), [grey, grey, grey * 1.02])
  paint(canvas, line(ends, 0.0012), [0.85, 0.84, 0.78], { opacity: 0.8 })
}

export function drawBuilding(canvas: Canvas, at: Spot, sun: Sun, random: Random): void {
  const half: Spot = [random.between(0.03, 0.08), random.between(0.025, 0.06)]
  const turn = random.between(-0.15, 0.15)
  const foot = slab(at, half, turn)
  const roof = random.pick(roofs)
  castShadow(canvas, foot, sun, random.between(0.3, 0.6))
  paint(canvas, foot, roof)
  const cool: Spot = [at[0] + half[0] * 0.4, at[1] - half[1] * 0.3]
  paint(canvas, slab(cool, [half[0] * 0.3, half[1] * 0.3], turn), times(roof, 0.75))
  // A round cooler: a circle on a roof, and no tank.
  paint(canvas, circle([at[0] - half[0] * 0.4, at[1]], 0.009), times(roof, 0.6))
}

export function drawTree(canvas: Canvas, at: Spot, sun: Sun, random: Random): void {
  const radius = random.between(0.008, 0.022)
  castShadow(canvas, circle(at, radius), sun, 0.25)
  const green: Colour = [random.between(0.15, 0.28), random.between(0.28, 0.4), 0.16]
  for (let leaf = 0; leaf < 7; leaf++) {
    const angle = leaf * 0.9 + random.next()
    const place: Spot = [
      at[0] + Math.cos(angle) * radius * 0.6,
      at[1] + Math.sin(angle) * radius * 0.6,
    ]
    paint(canvas, circle(place, radius * 0.6), times(green, random.between(0.7, 1.25)), {
      soft: 0.006,
    })
  }
}

/** A pond: round as a tank, but flat and dark, without edge or shadow. */
export function drawPond(canvas: Canvas, at: Spot, random: Random): void {
  const [rx, ry] = [random.between(0.05, 0.09), random.between(0.04, 0.08)]
  const pond = ellipse(at, rx, ry, random.between(0, 3))
  paint(canvas, pond, [0.2, 0.27, 0.26], { soft: 0.012 })
}

export function drawPipes(canvas: Canvas, from: Spot, to: Spot): void {
  const corner: Spot = [from[0], to[1]]
  paint(canvas, line([from, corner, to], 0.0035), [0.3, 0.29, 0.28])
  paint(canvas, line([from, corner, to], 0.002), [0.78, 0.77, 0.75])
}
