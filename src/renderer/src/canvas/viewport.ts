/** @file Which part of a picture a stage shows, and how large. */
import type { Size } from '../../../shared/recipe.ts'
import { Store } from '../state/store.ts'

/** Continuous coordinates: of the picture, in its pixels, or of the stage, in CSS pixels. */
export interface Position {
  x: number
  y: number
}

export interface View {
  /** CSS pixels per pixel of the picture. */
  scale: number
  /** Where the picture's top left corner lies on the stage, in CSS pixels. */
  offset: Position
}

export const smallestScale = 0.1
export const largestScale = 32

/** Room left around a fitted picture, and the least of a picture that stays on the stage. */
const marginPx = 16
const leastVisiblePx = 48

const clamp = (value: number, low: number, high: number): number =>
  Math.min(Math.max(value, low), Math.max(low, high))

/**
 * The view of a picture on a stage. It stays fitted while nobody has zoomed or panned; otherwise the
 * middle of the stage keeps showing the same place when the stage changes its size.
 */
export class Viewport extends Store<View> {
  #stage: Size = { width: 0, height: 0 }
  #picture: Size = { width: 1, height: 1 }
  #isFitted = true

  constructor() {
    super({ scale: 1, offset: { x: 0, y: 0 } })
  }

  get picture(): Size {
    return this.#picture
  }

  get isFitted(): boolean {
    return this.#isFitted
  }

  /** A picture of another size is shown whole; one of the same size keeps the view. */
  setPicture(size: Size): void {
    const { width, height } = this.#picture
    if (size.width === width && size.height === height) return
    this.#picture = { ...size }
    this.fit()
  }

  setStage(size: Size): void {
    const before = this.#stage
    if (size.width === before.width && size.height === before.height) return
    this.#stage = { ...size }
    if (this.#isFitted) this.fit()
    else this.panBy((size.width - before.width) / 2, (size.height - before.height) / 2)
  }

  /** Shows the whole picture, in the middle of the stage. */
  fit(): void {
    this.#isFitted = true
    const scale = clamp(this.#fittedScale(), 0, largestScale)
    this.set({
      scale,
      offset: {
        x: (this.#stage.width - this.#picture.width * scale) / 2,
        y: (this.#stage.height - this.#picture.height * scale) / 2,
      },
    })
  }

  /** Zooms by a factor; the place of the picture under `point` (of the stage) stays there. */
  zoomAt(point: Position, factor: number): void {
    const { scale, offset } = this.get()
    const smallest = Math.min(smallestScale, this.#fittedScale())
    const next = clamp(scale * factor, smallest, largestScale)
    if (next === scale) return
    this.#isFitted = false
    const ratio = next / scale
    this.#move(next, {
      x: point.x - (point.x - offset.x) * ratio,
      y: point.y - (point.y - offset.y) * ratio,
    })
  }

  /** Zooms at the middle of the stage to an exact scale. */
  zoomTo(scale: number): void {
    const middle = { x: this.#stage.width / 2, y: this.#stage.height / 2 }
    this.zoomAt(middle, scale / this.get().scale)
  }

  panBy(x: number, y: number): void {
    const { scale, offset } = this.get()
    this.#isFitted = false
    this.#move(scale, { x: offset.x + x, y: offset.y + y })
  }

  toPicture({ x, y }: Position): Position {
    const { scale, offset } = this.get()
    return { x: (x - offset.x) / scale, y: (y - offset.y) / scale }
  }

  toStage({ x, y }: Position): Position {
    const { scale, offset } = this.get()
    return { x: x * scale + offset.x, y: y * scale + offset.y }
  }

  #fittedScale(): number {
    const { width, height } = this.#stage
    const room = (side: number): number => Math.max(side - 2 * marginPx, side / 2, 1)
    return Math.min(room(width) / this.#picture.width, room(height) / this.#picture.height)
  }

  /** Sets the view, but never lets the picture leave the stage. */
  #move(scale: number, offset: Position): void {
    const kept = (at: number, length: number, room: number): number =>
      clamp(at, Math.min(leastVisiblePx, room) - length, room - Math.min(leastVisiblePx, room))
    this.set({
      scale,
      offset: {
        x: kept(offset.x, this.#picture.width * scale, this.#stage.width),
        y: kept(offset.y, this.#picture.height * scale, this.#stage.height),
      },
    })
  }
}
