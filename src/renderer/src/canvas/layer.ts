/** @file Layers of a stage: canvases of the stage's size in device pixels, one above the other. */
import type { Size } from '../../../shared/recipe.ts'
import { TiledPicture } from './tiled-picture.ts'
import type { View } from './viewport.ts'

export type LayerSource = HTMLCanvasElement | OffscreenCanvas | ImageBitmap | TiledPicture

export interface Rectangle extends Size {
  x: number
  y: number
}

/** From this scale on pixels are squares: no smoothing, and a grid between them. */
export const pixelScale = 8

/** Beyond what smoothing reaches, so that a part drawn alone joins the rest without a seam. */
const smoothingPx = 2

export interface Layer {
  readonly canvas: HTMLCanvasElement
  readonly context: CanvasRenderingContext2D
}

export function createLayer(host: HTMLElement, name: string): Layer {
  const canvas = document.createElement('canvas')
  canvas.className = `stage-layer stage-${name}`
  canvas.setAttribute('aria-hidden', 'true')
  host.append(canvas)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('this browser draws no canvas')
  return { canvas, context }
}

/** A view in device pixels. */
export function deviceView({ scale, offset }: View, ratio: number): View {
  return { scale: scale * ratio, offset: { x: offset.x * ratio, y: offset.y * ratio } }
}

/**
 * Draws the part `area` of a picture that is `size` large on the stage (its source may have another
 * resolution), or all of it that can be seen. `view` is in device pixels.
 */
export function drawLayer(
  { canvas, context }: Layer,
  source: { image: LayerSource; size: Size } | null,
  view: View,
  area: Rectangle | null,
): void {
  context.save()
  context.setTransform(1, 0, 0, 1, 0, 0)
  const shown = area ? onDevice(area, view) : { x: 0, y: 0, ...sizeOf(canvas) }
  context.beginPath()
  context.rect(shown.x, shown.y, shown.width, shown.height)
  context.clip()
  context.clearRect(shown.x, shown.y, shown.width, shown.height)
  if (source) drawSource(context, source, view, shown)
  context.restore()
}

const sizeOf = ({ width, height }: Size): Size => ({ width, height })

/** Whole device pixels that a rectangle of the picture touches. */
function onDevice({ x, y, width, height }: Rectangle, { scale, offset }: View): Rectangle {
  const left = Math.floor(x * scale + offset.x) - 1
  const top = Math.floor(y * scale + offset.y) - 1
  const right = Math.ceil((x + width) * scale + offset.x) + 1
  const bottom = Math.ceil((y + height) * scale + offset.y) + 1
  return { x: left, y: top, width: right - left, height: bottom - top }
}

/** Draws what of the source lies below the rectangle `shown` of the device. */
function drawSource(
  context: CanvasRenderingContext2D,
  { image, size }: { image: LayerSource; size: Size },
  { scale, offset }: View,
  shown: Rectangle,
): void {
  const across = image.width / size.width
  const down = image.height / size.height
  const toColumn = (x: number): number => ((x - offset.x) / scale) * across
  const toRow = (y: number): number => ((y - offset.y) / scale) * down
  const left = Math.max(0, Math.floor(toColumn(shown.x)) - smoothingPx)
  const top = Math.max(0, Math.floor(toRow(shown.y)) - smoothingPx)
  const right = Math.min(image.width, Math.ceil(toColumn(shown.x + shown.width)) + smoothingPx)
  const bottom = Math.min(image.height, Math.ceil(toRow(shown.y + shown.height)) + smoothingPx)
  if (right <= left || bottom <= top) return
  context.imageSmoothingEnabled = scale / window.devicePixelRatio < pixelScale
  context.imageSmoothingQuality = scale < across ? 'medium' : 'low'
  if (image instanceof TiledPicture) {
    const place = (at: number, factor: number, from: number): number =>
      Math.round((at / factor) * scale + from)
    const area = { x: left, y: top, width: right - left, height: bottom - top }
    // Whole device pixels: between squares that meet within one a line would show.
    for (const { canvas, x, y } of image.within(area)) {
      const [toX, toY] = [place(x, across, offset.x), place(y, down, offset.y)]
      const width = place(x + canvas.width, across, offset.x) - toX
      const height = place(y + canvas.height, down, offset.y) - toY
      context.drawImage(canvas, toX, toY, width, height)
    }
    return
  }
  context.drawImage(
    image,
    left,
    top,
    right - left,
    bottom - top,
    (left / across) * scale + offset.x,
    (top / down) * scale + offset.y,
    ((right - left) / across) * scale,
    ((bottom - top) / down) * scale,
  )
}

/** A dark line and a light one beside it: one of them is seen on every picture. */
const gridLines = ['rgb(0 0 0 / 32%)', 'rgb(255 255 255 / 22%)'] as const

/** Draws lines between the pixels of a picture. */
export function drawPixelGrid({ canvas, context }: Layer, size: Size, view: View): void {
  context.clearRect(0, 0, canvas.width, canvas.height)
  if (view.scale / window.devicePixelRatio < pixelScale) return
  const { scale, offset } = view
  const first = (at: number): number => Math.max(0, Math.floor(-at / scale))
  const last = (at: number, room: number, count: number): number =>
    Math.min(count, Math.ceil((room - at) / scale))
  const [left, right] = [first(offset.x), last(offset.x, canvas.width, size.width)]
  const [top, bottom] = [first(offset.y), last(offset.y, canvas.height, size.height)]
  const place = (index: number, at: number): number => Math.round(index * scale + at)
  const [startX, startY] = [place(left, offset.x), place(top, offset.y)]
  const [endX, endY] = [place(right, offset.x), place(bottom, offset.y)]
  for (const [side, colour] of gridLines.entries()) {
    context.fillStyle = colour
    for (let x = left; x <= right; x++)
      context.fillRect(place(x, offset.x) + side, startY, 1, endY - startY)
    for (let y = top; y <= bottom; y++)
      context.fillRect(startX, place(y, offset.y) + side, endX - startX, 1)
  }
}
