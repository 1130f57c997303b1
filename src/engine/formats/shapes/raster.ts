/** @file The pixels of one thing: cutting them to their rectangle, comparing, placing in the picture. */
import type { ClassMask } from '../../../shared/mask.ts'
import type { PixelSpans } from '../../../shared/pixel-spans.ts'
import type { Size } from '../../../shared/recipe.ts'
import type { Box, Raster } from '../annotated-set.ts'

/** A raster without pixels. */
export function emptyRaster(): Raster {
  return { x: 0, y: 0, width: 0, height: 0, data: new Uint8Array() }
}

/** Number of pixels that are set. */
export function rasterArea({ data }: Raster): number {
  let area = 0
  for (const value of data) area += value
  return area
}

/** The same pixels in the smallest rectangle that holds them. */
export function cropped(raster: Raster): Raster {
  const { x, y } = raster
  return croppedValue(raster, 1, { x, y })
}

/** The pixels of a mask that have a value, in the smallest rectangle that holds them. */
export function rasterOfValue(mask: ClassMask, value: number): Raster {
  return croppedValue(mask, value, { x: 0, y: 0 })
}

function croppedValue(
  { width, height, data }: ClassMask,
  value: number,
  at: { x: number; y: number },
): Raster {
  const box = boundsOfValue({ width, height, data }, value)
  const pixels = new Uint8Array(box.width * box.height)
  for (let row = 0; row < box.height; row++) {
    const from = (box.y + row) * width + box.x
    for (let column = 0; column < box.width; column++)
      if (data[from + column] === value) pixels[row * box.width + column] = 1
  }
  if (pixels.length === 0) return emptyRaster()
  return { ...box, x: at.x + box.x, y: at.y + box.y, data: pixels }
}

function boundsOfValue({ width, height, data }: ClassMask, value: number): Box {
  let [left, top, right, bottom] = [width, height, -1, -1]
  for (let row = 0; row < height; row++) {
    const line = data.subarray(row * width, (row + 1) * width)
    const first = line.indexOf(value)
    if (first < 0) continue
    left = Math.min(left, first)
    right = Math.max(right, line.lastIndexOf(value))
    top = Math.min(top, row)
    bottom = row
  }
  if (right < 0) return { x: 0, y: 0, width: 0, height: 0 }
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 }
}

/** Whether two rasters have the same pixels, however large their rectangles are. */
export function sameRaster(one: Raster, other: Raster): boolean {
  const [a, b] = [cropped(one), cropped(other)]
  const isSameBox = a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height
  return isSameBox && Buffer.compare(a.data, b.data) === 0
}

/** A set of pixels as a raster. */
export function rasterOfSpans({ spans, area }: PixelSpans): Raster {
  if (area === 0) return emptyRaster()
  let [left, right] = [Number.POSITIVE_INFINITY, 0]
  for (let i = 0; i < spans.length; i += 3) {
    left = Math.min(left, spans[i + 1] ?? 0)
    right = Math.max(right, spans[i + 2] ?? 0)
  }
  const [top, bottom] = [spans[0] ?? 0, (spans.at(-3) ?? 0) + 1]
  const [width, height] = [right - left, bottom - top]
  const data = new Uint8Array(width * height)
  for (let i = 0; i < spans.length; i += 3) {
    const start = ((spans[i] ?? 0) - top) * width - left
    data.fill(1, start + (spans[i + 1] ?? 0), start + (spans[i + 2] ?? 0))
  }
  return { x: left, y: top, width, height, data }
}

/** Sets a value in a mask at the pixels of a raster; pixels beyond the mask's edges are left out. */
export function paintRaster(raster: Raster, mask: ClassMask, value: number): void {
  const [firstRow, endRow] = within(raster.y, raster.height, mask.height)
  const [firstColumn, endColumn] = within(raster.x, raster.width, mask.width)
  for (let row = firstRow; row < endRow; row++) {
    const from = row * raster.width
    const to = (raster.y + row) * mask.width + raster.x
    for (let column = firstColumn; column < endColumn; column++)
      if (raster.data[from + column] === 1) mask.data[to + column] = value
  }
}

/** The positions of a stretch that lie in a line of `limit` pixels. */
function within(start: number, length: number, limit: number): [number, number] {
  return [Math.max(0, -start), Math.min(length, limit - start)]
}

/** The raster of a whole picture, `[height, width]`, 0 or not. */
export function rasterOfPicture(data: Uint8Array, { width, height }: Size): Raster {
  return cropped({ x: 0, y: 0, width, height, data: data.map((value) => Number(value !== 0)) })
}
