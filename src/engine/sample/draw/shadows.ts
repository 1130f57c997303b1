/** @file Soft shadows that moving shapes throw on the standing scene, each shape taken for a ball. */
import { mix, smoothstep, type Vector } from '../vector.ts'
import type { Background } from './background.ts'
import { samplesPerSide } from './camera.ts'
import { sunThroughWindows, towardsSun } from './lamps.ts'
import { coverOf, type PixelBox } from './raster.ts'
import type { Shape } from './shape.ts'

/** Shadows are found for blocks of this many pixels a side: they have no sharp edges. */
const block = 2

/** How much darker the diffuse light gets than a single small ball would make it. */
const strength = 2.6
/** Shadow of the lamps ends at this many radii. */
const farthest = 6

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
  /** Share of the diffuse light and of the sun that is left, by block. */
  readonly #diffuse: Float32Array
  readonly #sun: Float32Array
  readonly #boxes: PixelBox[] = []

  constructor(background: Background) {
    this.#background = background
    this.#columns = Math.ceil(background.camera.size / block)
    this.#diffuse = new Float32Array(this.#columns ** 2).fill(1)
    this.#sun = new Float32Array(this.#columns ** 2).fill(1)
  }

  cast(shape: Shape): void {
    const ball = ballOf(shape)
    const [x, y, z] = ball.middle
    const low = Math.max(0, z - farthest * ball.radius)
    this.#each([x, y, (z + low) / 2], farthest * ball.radius * 0.75, (at, point, normal) => {
      this.#diffuse[at] = (this.#diffuse[at] ?? 1) * diffuseLeft(ball, point, normal)
    })
    if (sunThroughWindows(ball.middle) < 0.01) return
    const way = z / towardsSun[2]
    const fallen: Vector = [x - way * towardsSun[0], y - way * towardsSun[1], 0.1]
    this.#each(fallen, ball.radius * 2.6, (at, point) => {
      this.#sun[at] = (this.#sun[at] ?? 1) * sunLeft(ball, point)
    })
  }

  /** Calls `visit` for the blocks around a point with what their first pixel shows. */
  #each(
    middle: Vector,
    radius: number,
    visit: (at: number, point: Vector, normal: Vector) => void,
  ): void {
    const { camera, samples, normals } = this.#background
    const cover = coverOf(camera, middle, radius)
    const last = this.#columns - 1
    const first = (value: number): number => Math.max(0, Math.floor(value / block))
    const end = (value: number): number => Math.min(last, Math.floor(value / block))
    const box = {
      left: first(cover.left),
      top: first(cover.top),
      right: end(cover.right),
      bottom: end(cover.bottom),
    }
    this.#boxes.push(box)
    for (let row = box.top; row <= box.bottom; row++)
      for (let column = box.left; column <= box.right; column++) {
        const pixel = (row * camera.size + column) * block
        const sample = (row * samples.side + column) * block * samplesPerSide
        const depth = samples.depth[sample] ?? 0
        if (depth === 0) continue
        const [x, y, z] = camera.position
        const at = sample * 3
        visit(
          row * this.#columns + column,
          [
            x + (samples.directions[at] ?? 0) * depth,
            y + (samples.directions[at + 1] ?? 0) * depth,
            z + (samples.directions[at + 2] ?? 0) * depth,
          ],
          [
            (normals[pixel * 3] ?? 0) / 127,
            (normals[pixel * 3 + 1] ?? 0) / 127,
            (normals[pixel * 3 + 2] ?? 0) / 127,
          ],
        )
      }
  }

  /** Hands over every shaded block once and forgets all shadows. */
  take(visit: (x: number, y: number, diffuse: number, sun: number) => void): void {
    for (const box of this.#boxes)
      for (let row = box.top; row <= box.bottom; row++)
        for (let column = box.left; column <= box.right; column++) {
          const at = row * this.#columns + column
          const diffuse = this.#diffuse[at] ?? 1
          const sun = this.#sun[at] ?? 1
          if (diffuse === 1 && sun === 1) continue
          visit(column * block, row * block, diffuse, sun)
          this.#diffuse[at] = 1
          this.#sun[at] = 1
        }
    this.#boxes.length = 0
  }
}

/**
 * Diffuse light that a ball leaves to a point: it hides (r / d)^2 times the cosine of the sky,
 * https://iquilezles.org/articles/sphereao/ (Iñigo Quílez, sphere ambient occlusion).
 */
function diffuseLeft({ middle, radius }: Ball, point: Vector, normal: Vector): number {
  const x = middle[0] - point[0]
  const y = middle[1] - point[1]
  const z = middle[2] - point[2]
  const square = Math.max(radius * radius, x * x + y * y + z * z)
  const away = Math.sqrt(square)
  const cosine = (x * normal[0] + y * normal[1] + z * normal[2]) / away
  if (cosine <= 0 || away > farthest * radius) return 1
  const near = 1 - smoothstep(0.5 * farthest * radius, farthest * radius, away)
  return 1 - Math.min(0.6, (strength * cosine * near * radius * radius) / square)
}

/** Sun that a ball leaves to a point: none where the ray to the sun passes through the ball. */
function sunLeft({ middle, radius }: Ball, point: Vector): number {
  const x = middle[0] - point[0]
  const y = middle[1] - point[1]
  const z = middle[2] - point[2]
  const along = x * towardsSun[0] + y * towardsSun[1] + z * towardsSun[2]
  if (along <= 0) return 1
  const off = Math.sqrt(Math.max(0, x * x + y * y + z * z - along * along))
  return smoothstep(0.75 * radius, 1.15 * radius + 0.02, off)
}
