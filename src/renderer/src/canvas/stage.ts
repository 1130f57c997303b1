/** @file The stage: a picture, something drawn over it, vectors on top, and the view of them. */
import { StaticCanvas } from 'fabric'
import type { Size } from '../../../shared/recipe.ts'
import { Gestures, type Pointer, type ToolGestures } from './gestures.ts'
import {
  createLayer,
  deviceView,
  drawLayer,
  drawPixelGrid,
  type Layer,
  type LayerSource,
  type Rectangle,
} from './layer.ts'
import { listenToPointers } from './stage-events.ts'
import type { TiledPicture } from './tiled-picture.ts'
import { type Position, type View, Viewport } from './viewport.ts'

export type StageOverlay = HTMLCanvasElement | OffscreenCanvas | TiledPicture
export type StagePicture = ImageBitmap | ImageData | HTMLCanvasElement | OffscreenCanvas

/**
 * What a tool hears of pointers: the main button and a pen's eraser (`event.button` 5), after the
 * view's own gestures took theirs. Positions are in picture coordinates and may lie outside it.
 */
export interface PointerHandlers {
  down?(at: Position, event: PointerEvent): void
  move?(at: Position, event: PointerEvent): void
  up?(at: Position, event: PointerEvent): void
  /** The gesture is over and was not meant: undo what it began. */
  cancel?(): void
  /** No button is down; null = the pointer has left, or moves the view. */
  hover?(at: Position | null, event: PointerEvent | null): void
}

/**
 * Layers of their own hold picture, overlay and vectors: a pointer move repaints only what changed.
 * The host must have a size of its own (position, width and height by CSS).
 */
export class Stage {
  /**
   * Vectors, in picture coordinates; call `fabric.requestRenderAll()` after a change. It only draws:
   * pointers come by `onPointer`.
   */
  readonly fabric: StaticCanvas
  readonly host: HTMLElement
  readonly viewport = new Viewport()
  readonly #layers: { picture: Layer; overlay: Layer; grid: Layer }
  readonly #gestures: Gestures<PointerEvent>
  readonly #ends: (() => void)[] = []
  #picture: { image: LayerSource; size: Size } | null = null
  #overlay: StageOverlay | null = null
  /** What the next animation frame draws; null = nothing. */
  #dirty: { picture: boolean; overlay: Rectangle | 'all' | null; view: boolean } | null = null
  #frame = 0
  #ratio = 1
  #handlers: PointerHandlers[] = []

  constructor(host: HTMLElement) {
    this.host = host
    host.classList.add('stage')
    this.#layers = {
      picture: createLayer(host, 'picture'),
      overlay: createLayer(host, 'overlay'),
      grid: createLayer(host, 'grid'),
    }
    const { canvas } = createLayer(host, 'vectors')
    this.fabric = new StaticCanvas(canvas, {
      enableRetinaScaling: false,
      renderOnAddRemove: false,
    })
    // fabric writes a size of its own there.
    canvas.removeAttribute('style')
    this.#gestures = new Gestures(this.viewport, this.#toolGestures())
    this.#ends.push(
      this.viewport.subscribe(() => this.#request('view')),
      listenToPointers(this, this.#gestures),
      this.#followSize(),
    )
  }

  /** CSS pixels per pixel of the picture. */
  get scale(): number {
    return this.viewport.get().scale
  }

  /** Where the picture's top left corner lies on the stage, in CSS pixels. */
  get offset(): Position {
    return this.viewport.get().offset
  }

  /**
   * Shows a picture as `size` large, whatever its own resolution. A picture of the size of the one
   * before keeps the view. The stage does not close bitmaps.
   */
  setPicture(picture: StagePicture | null, size: Size): void {
    this.#picture = picture && { image: drawable(picture), size }
    this.viewport.setPicture(size)
    this.#request('picture')
  }

  /** Something drawn over the picture, at the picture's size; `requestOverlayDraw` after a change. */
  setOverlay(overlay: StageOverlay | null): void {
    this.#overlay = overlay
    this.requestOverlayDraw()
  }

  /** Costs no drawing. */
  setOverlayOpacity(opacity: number): void {
    this.#layers.overlay.canvas.style.opacity = String(opacity)
  }

  /** Draws a rectangle of the overlay (in picture pixels), or all of it, in the next frame. */
  requestOverlayDraw(area?: Rectangle): void {
    const dirty = this.#request()
    dirty.overlay = area && dirty.overlay !== 'all' ? union(dirty.overlay, area) : 'all'
  }

  zoomAt(point: Position, factor: number): void {
    this.viewport.zoomAt(point, factor)
  }

  fit(): void {
    this.viewport.fit()
  }

  panBy(x: number, y: number): void {
    this.viewport.panBy(x, y)
  }

  /** A position of the stage, in CSS pixels. */
  toStage(event: { clientX: number; clientY: number }): Position {
    const { left, top } = this.host.getBoundingClientRect()
    return { x: event.clientX - left, y: event.clientY - top }
  }

  toPicture(event: { clientX: number; clientY: number }): Position {
    return this.viewport.toPicture(this.toStage(event))
  }

  /** The handlers that came last hear first and alone; returns the function that ends it. */
  onPointer(handlers: PointerHandlers): () => void {
    this.#handlers = [...this.#handlers, handlers]
    return () => {
      this.#handlers = this.#handlers.filter((other) => other !== handlers)
    }
  }

  /** While it is held every drag moves the view. */
  holdPan(isHeld: boolean): void {
    this.#gestures.isPanHeld = isHeld
    this.host.classList.toggle('is-pan-held', isHeld)
  }

  /** Ends the gesture under way as one that was not meant. */
  cancelGesture(): void {
    this.#gestures.cancel()
  }

  onView(listener: (view: View) => void): () => void {
    return this.viewport.subscribe(() => listener(this.viewport.get()))
  }

  /** The pointer's look while no gesture of the view is under way. */
  setCursor(cursor: string): void {
    this.host.style.setProperty('--stage-cursor', cursor)
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame)
    for (const end of this.#ends) end()
    this.#handlers = []
    void this.fabric.dispose()
    for (const { canvas } of Object.values(this.#layers)) canvas.remove()
    this.host.classList.remove('stage')
  }

  #toolGestures(): ToolGestures<PointerEvent> {
    const current = (): PointerHandlers => this.#handlers.at(-1) ?? {}
    return {
      down: (event) => current().down?.(this.toPicture(event), event),
      move: (event) => current().move?.(this.toPicture(event), event),
      up: (event) => current().up?.(this.toPicture(event), event),
      cancel: () => current().cancel?.(),
      hover: (event) => current().hover?.(event && this.toPicture(event), event),
    }
  }

  #request(part?: 'picture' | 'view') {
    if (!this.#dirty) {
      this.#dirty = { picture: false, overlay: null, view: false }
      this.#frame = requestAnimationFrame(() => this.#draw())
    }
    if (part) this.#dirty[part] = true
    return this.#dirty
  }

  #draw(): void {
    const dirty = this.#dirty
    this.#dirty = null
    if (!dirty) return
    const view = deviceView(this.viewport.get(), this.#ratio)
    const { picture, overlay, grid } = this.#layers
    if (dirty.picture || dirty.view) drawLayer(picture, this.#picture, view, null)
    const area = dirty.view ? 'all' : dirty.overlay
    const size = this.viewport.picture
    if (area) {
      const source = this.#overlay && { image: this.#overlay, size }
      drawLayer(overlay, source, view, area === 'all' ? null : area)
    }
    if (!dirty.view) return
    drawPixelGrid(grid, size, view)
    const { scale, offset } = view
    this.fabric.setViewportTransform([scale, 0, 0, scale, offset.x, offset.y])
    this.fabric.renderAll()
  }

  /** Follows the host's size and the device's pixel ratio, which zooming the page changes. */
  #followSize(): () => void {
    const observer = new ResizeObserver(() => this.#resize())
    observer.observe(this.host)
    window.addEventListener('resize', this.#resize)
    this.#resize()
    return () => {
      observer.disconnect()
      window.removeEventListener('resize', this.#resize)
    }
  }

  readonly #resize = (): void => {
    const { clientWidth: width, clientHeight: height } = this.host
    this.#ratio = window.devicePixelRatio
    const device = {
      width: Math.max(1, Math.round(width * this.#ratio)),
      height: Math.max(1, Math.round(height * this.#ratio)),
    }
    for (const { canvas } of Object.values(this.#layers)) Object.assign(canvas, device)
    this.fabric.setDimensions(device, { backstoreOnly: true })
    this.viewport.setStage({ width, height })
    this.#request('view')
    // Sizing a canvas empties it: draw before anybody sees that.
    cancelAnimationFrame(this.#frame)
    this.#draw()
  }
}

export type { Pointer, Position, Rectangle, View }

function drawable(picture: StagePicture): LayerSource {
  if (!(picture instanceof ImageData)) return picture
  const canvas = new OffscreenCanvas(picture.width, picture.height)
  canvas.getContext('2d')?.putImageData(picture, 0, 0)
  return canvas
}

function union(a: Rectangle | 'all' | null, b: Rectangle): Rectangle {
  if (a === null || a === 'all') return b
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)]
  const right = Math.max(a.x + a.width, b.x + b.width)
  const bottom = Math.max(a.y + a.height, b.y + b.height)
  return { x, y, width: right - x, height: bottom - y }
}
