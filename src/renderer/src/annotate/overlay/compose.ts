/** @file The mask, and what is shown with it, as pixels of a canvas. */
import { backgroundIndex, ignoreIndex } from '../../../../shared/mask.ts'
import type { Rect } from '../raster/rect.ts'
import { pixelOf } from './palette.ts'

/** All of the mask's size, `[height, width]`. */
export interface OverlayLayers {
  width: number
  height: number
  mask: Uint8Array
  palette: Uint32Array
  /** Shown where there is background, striped: it is not a label yet. */
  proposal: { map: Uint8Array; cut: number; pixel: number } | null
  /** Not 0 where the previous mask's outline runs. */
  onion: Uint8Array | null
}

const clear = 0
const dark = pixelOf(30, 30, 30, 210)
const light = pixelOf(255, 255, 255, 230)
/** Width of a stripe and of a square of a pattern, in picture pixels: a power of two. */
const stripe = 4

/** Writes the pixels of a rectangle, row by row, into `target`. */
export function composeInto(target: Uint32Array, rect: Rect, layers: OverlayLayers): void {
  const { width, mask, palette, proposal, onion } = layers
  let to = 0
  for (let y = rect.y; y < rect.y + rect.height; y++) {
    const end = y * width + rect.x + rect.width
    for (let at = y * width + rect.x; at < end; at++) {
      const value = mask[at] ?? backgroundIndex
      let pixel = palette[value] ?? clear
      if (value === backgroundIndex) {
        if (proposal !== null && (proposal.map[at] ?? 0) >= proposal.cut)
          pixel = ((at - y * width + y) & stripe) === 0 ? proposal.pixel : clear
      } else if (value === ignoreIndex && pixel !== clear)
        pixel = (((at - y * width) ^ y) & stripe) === 0 ? dark : light
      if (onion !== null && onion[at] !== 0)
        pixel = ((at - y * width + y) & stripe) === 0 ? light : dark
      target[to++] = pixel
    }
  }
}

/** Whether nothing of a rectangle can be seen. */
export function isBlank(rect: Rect, { width, mask, proposal, onion }: OverlayLayers): boolean {
  for (let y = rect.y; y < rect.y + rect.height; y++) {
    const end = y * width + rect.x + rect.width
    for (let at = y * width + rect.x; at < end; at++) {
      if (mask[at] !== backgroundIndex) return false
      if (proposal !== null && (proposal.map[at] ?? 0) >= proposal.cut) return false
      if (onion !== null && onion[at] !== 0) return false
    }
  }
  return true
}

/** The pixels of a mask's classes that have a neighbour of another class: its outline. */
export function outlineOf(mask: Uint8Array, width: number, height: number): Uint8Array {
  const outline = new Uint8Array(mask.length)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = y * width + x
      const value = mask[at]
      if (value === backgroundIndex) continue
      const isEdge =
        (x > 0 && mask[at - 1] !== value) ||
        (x < width - 1 && mask[at + 1] !== value) ||
        (y > 0 && mask[at - width] !== value) ||
        (y < height - 1 && mask[at + width] !== value)
      if (isEdge) outline[at] = 1
    }
  return outline
}
