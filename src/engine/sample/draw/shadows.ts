/** @file Soft shadows that moving shapes throw on the standing scene, each shape taken for a ball. */
import { mix, smoothstep, type Vector } from '../vector.ts'
import type { Background } from './background.ts'
import { samplesPerSide } from './camera.ts'
import { sunThroughWindows, towardsSun } from './lamps.ts'
import { coverOf, type PixelBox, wayTo } from './raster.ts'
import type { Shape } from './shape.ts'

/** Shadows are found for blocks of this many pixels a side: they have no sharp edges. */
const block = 2

/** How much darker the diffuse light gets than a single small ball would make it. */
const strength = 2.6
/** A ball takes at most this share of the diffuse light. */
const darkest = 0.6
/** Shadow of the lamps ends at this many radii. */
const farthest = 5
/** Shadows that leave more of the light than this cannot be seen. */
const faintest = 0.985
/** Smaller balls than this, in metres, throw shadows only where they are near the floor. */
const slight = 0.085

interface Ball {
  middle: Vector
  radius: number
}

/** A ball of about the size of the shape. */
function ballOf({ kind, extent, bound: { from, to, radius } }: Shape): Ball {
  const middle = mix(from, to, 0.5)
  if (kind === 'box') return { middle, radius: 1.1 * Math.cbrt(extent[0] * extent[1] * extent[2]) }
  const span = Math.hypot(to[0] - from[0], to[1] - from[1], to[2] - from[2])
  return { middle, radius: radius * (1 + (0.45 * span) / (radius + span)) }
}

export class ShadowMap {
  readonly #background: Background
  readonly #columns: number
  /** What the first pixel of each block shows: a point and its normal, six numbers. */
  readonly #surfaces: Float32Array
  /** Share of the diffuse light and of the sun that is left, by block. */
  readonly #diffuse: Float32Array
  readonly #sun: Float32Array
  /** Blocks that have lost light, in the order in which they did. */
  readonly #touched: Uint32Array
  #count = 0

  constructor(background: Background) {
    this.#background = background
    this.#columns = Math.ceil(background.camera.size / block)
    this.#surfaces = surfacesOf(background, this.#columns)
    this.#diffuse = new Float32Array(this.#columns ** 2).fill(1)
    this.#sun = new Float32Array(this.#columns ** 2).fill(1)
    this.#touched = new Uint32Array(this.#columns ** 2)
  }

  cast(shape: Shape): void {
    const ball = ballOf(shape)
    const { middle, radius } = ball
    const [x, y, z] = middle
    if (radius < slight && z > 0.4) return
    const low = Math.max(0, z - farthest * radius)
    this.#take(this.#diffuse, [x, y, (z + low) / 2], farthest * radius * 0.75, diffuseLeft(ball))
    if (sunThroughWindows(middle) < 0.01) return
    const way = z / towardsSun[2]
    const fallen: Vector = [x - way * towardsSun[0], y - way * towardsSun[1], 0.1]
    this.#take(this.#sun, fallen, radius * 2.6, sunLeft(ball))
  }

  /** Multiplies the light of the blocks around a point by what is left of it there. */
  #take(light: Float32Array, middle: Vector, radius: number, left: LightLeft): void {
    const cover = coverOf(this.#background.camera, middle, radius)
    const [first, end] = [Math.floor(cover.left / block), Math.ceil(cover.right / block)]
    const bottom = Math.min(this.#columns, Math.ceil(cover.bottom / block))
    for (let row = Math.floor(cover.top / block); row < bottom; row++) {
      const start = row * this.#columns
      for (let at = start + first; at < start + Math.min(this.#columns, end); at++) {
        const share = left(this.#surfaces, at * 6)
        if (share === 1) continue
        if (this.#diffuse[at] === 1 && this.#sun[at] === 1) this.#touched[this.#count++] = at
        light[at] = (light[at] ?? 0) * share
      }
    }
  }

  /** Hands over every shaded block once and forgets all shadows. */
  take(visit: (pixels: PixelBox, diffuse: number, sun: number) => void): void {
    const { size } = this.#background.camera
    for (let index = 0; index < this.#count; index++) {
      const at = this.#touched[index] ?? 0
      const [diffuse, sun] = [this.#diffuse[at] ?? 1, this.#sun[at] ?? 1]
      this.#diffuse[at] = 1
      this.#sun[at] = 1
      if (diffuse > faintest && sun > faintest) continue
      const top = Math.floor(at / this.#columns) * block
      const left = (at % this.#columns) * block
      const [right, bottom] = [Math.min(size, left + block), Math.min(size, top + block)]
      visit({ left, top, right, bottom }, diffuse, sun)
    }
    this.#count = 0
  }
}

function surfacesOf({ camera, samples, normals }: Background, columns: number): Float32Array {
  const surfaces = new Float32Array(columns * columns * 6)
  for (let row = 0; row < columns; row++)
    for (let column = 0; column < columns; column++) {
      const pixel = (row * camera.size + column) * block
      const way = wayTo(samples, (row * samples.side + column) * block * samplesPerSide)
      for (const axis of [0, 1, 2] as const) {
        const at = (row * columns + column) * 6 + axis
        surfaces[at] = camera.position[axis] + way[axis]
        surfaces[at + 3] = (normals[pixel * 3 + axis] ?? 0) / 127
      }
    }
  return surfaces
}

/** Share of the light that is left where six numbers from `at` on tell a point and its normal. */
type LightLeft = (surfaces: Float32Array, at: number) => number

/**
 * Diffuse light that a ball leaves: it hides (r / d)^2 times the cosine of the sky,
 * https://iquilezles.org/articles/sphereao/ (Iñigo Quílez, sphere ambient occlusion).
 */
function diffuseLeft({ middle: [bx, by, bz], radius }: Ball): LightLeft {
  const end = farthest * radius
  return (surfaces, at) => {
    const x = bx - (surfaces[at] ?? 0)
    const y = by - (surfaces[at + 1] ?? 0)
    const z = bz - (surfaces[at + 2] ?? 0)
    const square = Math.max(radius * radius, x * x + y * y + z * z)
    if (square > end * end) return 1
    const facing =
      x * (surfaces[at + 3] ?? 0) + y * (surfaces[at + 4] ?? 0) + z * (surfaces[at + 5] ?? 0)
    if (facing <= 0) return 1
    const away = Math.sqrt(square)
    const near = 1 - smoothstep(0.5 * end, end, away)
    return 1 - Math.min(darkest, (strength * facing * near * radius * radius) / (square * away))
  }
}

/** Sun that a ball leaves: none where the ray to the sun passes through it. */
function sunLeft({ middle: [bx, by, bz], radius }: Ball): LightLeft {
  const [sx, sy, sz] = towardsSun
  return (surfaces, at) => {
    const x = bx - (surfaces[at] ?? 0)
    const y = by - (surfaces[at + 1] ?? 0)
    const z = bz - (surfaces[at + 2] ?? 0)
    const along = x * sx + y * sy + z * sz
    if (along <= 0) return 1
    const off = Math.sqrt(Math.max(0, x * x + y * y + z * z - along * along))
    return smoothstep(0.75 * radius, 1.15 * radius + 0.02, off)
  }
}
