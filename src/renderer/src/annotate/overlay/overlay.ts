/** @file What the stage shows over the picture, kept up to date rectangle by rectangle. */
import type { Size } from '../../../../shared/recipe.ts'
import { TiledPicture } from '../../canvas/tiled-picture.ts'
import { type Dirty, intersection, type Rect, union, wholeOf } from '../raster/rect.ts'
import { composeInto, isBlank, type OverlayLayers } from './compose.ts'

/** What of the stage the overlay needs. */
export interface OverlayHost {
  setOverlay(overlay: TiledPicture | null): void
  requestOverlayDraw(area?: Rect): void
}

/** Side of the squares in which all of an overlay is drawn: blank ones cost nothing. */
const blockSide = 256

export class Overlay {
  readonly #host: OverlayHost
  #picture: TiledPicture | null = null
  #layers: OverlayLayers | null = null
  #pixels = new Uint32Array(0)
  /** What was painted since the last flush. */
  #dirty: Dirty = null
  #frame = 0

  constructor(host: OverlayHost) {
    this.#host = host
  }

  /** Shows other layers: all is drawn anew, at once. */
  show(layers: OverlayLayers | null): void {
    this.#layers = layers
    this.#dirty = null
    if (layers !== null) this.#drawAll(layers)
    else {
      this.#picture = null
      this.#host.setOverlay(null)
    }
  }

  /** Says that pixels have changed. They are composed once, before the next frame. */
  touch(rect: Dirty): void {
    if (rect === null || this.#layers === null) return
    this.#dirty = union(this.#dirty, rect)
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.flush())
    // Asked for now, so that the stage draws in the same frame, after the flush.
    this.#host.requestOverlayDraw(rect)
  }

  /** Composes what has changed. */
  flush(): void {
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
    const dirty = this.#dirty && this.#layers && intersection(this.#dirty, wholeOf(this.#layers))
    this.#dirty = null
    if (!dirty || !this.#layers) return
    this.#draw(dirty, this.#layers)
    this.#host.requestOverlayDraw(dirty)
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame)
    this.#layers = null
  }

  #drawAll(layers: OverlayLayers): void {
    const before = this.#picture
    const picture = this.#sized(layers)
    picture.clear()
    for (let y = 0; y < layers.height; y += blockSide)
      for (let x = 0; x < layers.width; x += blockSide) {
        const block = { x, y, width: blockSide, height: blockSide }
        const rect = intersection(block, wholeOf(layers))
        if (rect && !isBlank(rect, layers)) this.#draw(rect, layers)
      }
    if (picture !== before) this.#host.setOverlay(picture)
    else this.#host.requestOverlayDraw()
  }

  #sized({ width, height }: Size): TiledPicture {
    if (this.#picture?.width !== width || this.#picture.height !== height)
      this.#picture = new TiledPicture({ width, height })
    return this.#picture
  }

  #draw(rect: Rect, layers: OverlayLayers): void {
    const length = rect.width * rect.height
    if (this.#pixels.length < length) this.#pixels = new Uint32Array(length)
    composeInto(this.#pixels, rect, layers)
    const { buffer } = this.#pixels
    const bytes = new Uint8ClampedArray(buffer as ArrayBuffer, 0, 4 * length)
    this.#sized(layers).put(new ImageData(bytes, rect.width, rect.height), rect.x, rect.y)
  }
}
