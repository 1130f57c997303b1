/** @file What follows the pointer on the stage: the brush's ring, the open shape; and the regions. */
import type { Point } from '../../../../shared/region.ts'
import { Circle, Polygon, Polyline, Rect } from '../../canvas/fabric.ts'
import type { Stage } from '../../canvas/stage.ts'
import type { BrushShape } from '../raster/brush.ts'
import type { Outline } from '../tools/tool.ts'

export interface Ring {
  x: number
  y: number
  /** Diameter or side, in picture pixels. */
  size: number
  shape: BrushShape
}

/** Widths in CSS pixels: a light line on a dark one is seen on every picture. */
const lines = [
  { stroke: 'rgb(0 0 0 / 75%)', width: 3 },
  { stroke: '#ffffff', width: 1.25 },
] as const
const cornerPx = 4

const still = {
  fill: 'transparent',
  originX: 'center',
  originY: 'center',
  objectCaching: false,
} as const

type Vector = Circle | Rect | Polyline

/** Vectors on a stage; lines keep their width on the screen at every scale. */
export class PointerShapes {
  readonly #stage: Stage
  #ring: Vector[] = []
  #ringShape: string | null = null
  #outline: Vector[] = []
  #regions: Vector[] = []
  readonly #stop: () => void
  #scale: number

  constructor(stage: Stage) {
    this.#stage = stage
    this.#scale = stage.scale
    this.#stop = stage.onView(() => this.#rescale())
  }

  setRing(ring: Ring | null): void {
    const shape = ring && `${ring.shape} ${ring.size}`
    if (shape !== this.#ringShape) {
      this.#ringShape = shape
      this.#ring = this.#swap(this.#ring, ring ? this.#ringOf(ring) : [])
    }
    if (ring) for (const part of this.#ring) part.set({ left: ring.x, top: ring.y })
    this.#stage.fabric.requestRenderAll()
  }

  setOutline(outline: Outline | null): void {
    if (!outline && this.#outline.length === 0) return
    this.#outline = this.#swap(this.#outline, outline ? this.#outlineOf(outline) : [])
    this.#stage.fabric.requestRenderAll()
  }

  /** Outlines that are only looked at. */
  setRegions(regions: readonly { points: readonly Point[]; colour: string }[]): void {
    const shapes = regions.map(({ points, colour }) => {
      const at = points.map(([x, y]) => ({ x, y }))
      const dash = [4 / this.#stage.scale, 4 / this.#stage.scale]
      const line = { stroke: colour, strokeWidth: 1.5 / this.#stage.scale, strokeDashArray: dash }
      return new Polygon(at, { fill: 'transparent', objectCaching: false, ...line })
    })
    this.#regions = this.#swap(this.#regions, shapes)
    this.#stage.fabric.requestRenderAll()
  }

  dispose(): void {
    this.#stop()
  }

  #swap(before: Vector[], now: Vector[]): Vector[] {
    if (before.length > 0) this.#stage.fabric.remove(...before)
    if (now.length > 0) this.#stage.fabric.add(...now)
    return now
  }

  #ringOf({ size, shape }: Ring): Vector[] {
    return lines.map(({ stroke, width }) => {
      const line = { ...still, stroke, strokeWidth: width / this.#stage.scale }
      return shape === 'round'
        ? new Circle({ ...line, radius: size / 2 })
        : new Rect({ ...line, width: size, height: size })
    })
  }

  #outlineOf({ points, closed, corners }: Outline): Vector[] {
    const { scale } = this.#stage
    const at = points.map(([x, y]) => ({ x, y }))
    const Line = closed ? Polygon : Polyline
    const drawn: Vector[] = lines.map(
      ({ stroke, width }) =>
        new Line(at, {
          ...{ fill: 'transparent', objectCaching: false, stroke },
          strokeWidth: width / scale,
          strokeLineJoin: 'round',
        }),
    )
    if (!corners) return drawn
    const corner = { ...still, fill: '#ffffff', stroke: lines[0].stroke, strokeWidth: 1 / scale }
    const radius = cornerPx / scale
    return [
      ...drawn,
      ...at.slice(0, -1).map(({ x, y }) => new Circle({ ...corner, radius, left: x, top: y })),
    ]
  }

  #rescale(): void {
    const factor = this.#scale / this.#stage.scale
    this.#scale = this.#stage.scale
    if (factor === 1) return
    for (const part of [...this.#ring, ...this.#outline, ...this.#regions])
      part.set({
        strokeWidth: part.strokeWidth * factor,
        strokeDashArray: part.strokeDashArray?.map((length) => length * factor) ?? null,
      })
  }
}
