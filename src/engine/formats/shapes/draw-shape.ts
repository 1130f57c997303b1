/** @file Shapes other than polygons to pixels: those whose centres lie in the shape. */
import type { Size } from '../../../shared/recipe.ts'
import type { Box, Raster } from '../annotated-set.ts'
import { fillPolygon } from './fill-polygon.ts'
import { cropped, emptyRaster } from './raster.ts'

export interface Ellipse {
  /** Of its centre. */
  x: number
  y: number
  radiusX: number
  radiusY: number
  /** By which it is turned clockwise, as seen on the screen; in radians. 0 where not given. */
  angle?: number
}

/** The corners of a rectangle, as a ring. */
export function boxRing({ x, y, width, height }: Box): number[] {
  return [x, y, x + width, y, x + width, y + height, x, y + height]
}

/** A rectangle; a pixel whose centre is on an edge belongs to the left or upper one. */
export function drawRectangle(box: Box, size: Size): Raster {
  return fillPolygon([boxRing(box)], size)
}

/** A disc, edge included. */
export function drawCircle(
  { x, y, radius }: { x: number; y: number; radius: number },
  size: Size,
): Raster {
  return drawEllipse({ x, y, radiusX: radius, radiusY: radius }, size)
}

/** A filled ellipse, edge included. */
export function drawEllipse({ x, y, radiusX, radiusY, angle = 0 }: Ellipse, size: Size): Raster {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const isInside = (column: number, row: number): boolean => {
    const [right, down] = [column + 0.5 - x, row + 0.5 - y]
    const along = (right * cos + down * sin) / radiusX
    const across = (down * cos - right * sin) / radiusY
    return along * along + across * across <= 1
  }
  const [reachX, reachY] = [
    Math.hypot(radiusX * cos, radiusY * sin),
    Math.hypot(radiusX * sin, radiusY * cos),
  ]
  return rasterWhere(
    isInside,
    { x: x - reachX, y: y - reachY, width: 2 * reachX, height: 2 * reachY },
    size,
  )
}

/**
 * A line through points, `[x0, y0, x1, y1, …]`: the pixels whose centres are no further from it than
 * half its width. One point is a disc.
 */
export function drawPolyline(points: readonly number[], width: number, size: Size): Raster {
  const data = new Uint8Array(size.width * size.height)
  const last = Math.max(0, points.length - 4)
  for (let i = 0; i <= last && points.length >= 2; i += 2) {
    const [fromX = 0, fromY = 0] = [points[i], points[i + 1]]
    const [toX = fromX, toY = fromY] = [points[i + 2], points[i + 3]]
    paintLine({ fromX, fromY, toX, toY, reach: width / 2 }, size, data)
  }
  return cropped({ x: 0, y: 0, ...size, data })
}

interface Line {
  fromX: number
  fromY: number
  toX: number
  toY: number
  /** Half its width. */
  reach: number
}

function paintLine(line: Line, { width, height }: Size, data: Uint8Array): void {
  const { fromY, toY, reach } = line
  const [firstRow, endRow] = pixelsWithin(
    Math.min(fromY, toY) - reach,
    Math.max(fromY, toY) + reach,
    height,
  )
  for (let row = firstRow; row < endRow; row++) {
    const [left, right] = columnsNear(line, row + 0.5)
    const [first, end] = pixelsWithin(left, right, width)
    for (let column = first; column < end; column++)
      if (squaredDistance(line, column + 0.5, row + 0.5) <= reach * reach)
        data[row * width + column] = 1
  }
}

/** Between which x a line may have pixels at height `y`: it can be no further off than its reach. */
function columnsNear({ fromX, fromY, toX, toY, reach }: Line, y: number): [number, number] {
  const down = toY - fromY
  const share = (height: number): number =>
    down === 0 ? 0 : Math.min(1, Math.max(0, (height - fromY) / down))
  const [one, other] = down === 0 ? [0, 1] : [share(y - reach), share(y + reach)]
  const [a, b] = [fromX + one * (toX - fromX), fromX + other * (toX - fromX)]
  return [Math.min(a, b) - reach, Math.max(a, b) + reach]
}

function squaredDistance({ fromX, fromY, toX, toY }: Line, x: number, y: number): number {
  const [right, down] = [toX - fromX, toY - fromY]
  const length = right * right + down * down
  const along = length === 0 ? 0 : ((x - fromX) * right + (y - fromY) * down) / length
  const share = Math.min(1, Math.max(0, along))
  return (x - fromX - share * right) ** 2 + (y - fromY - share * down) ** 2
}

/** The pixels whose centres may lie between two positions, and one more at each end. */
function pixelsWithin(from: number, to: number, limit: number): [number, number] {
  return [Math.max(0, Math.floor(from - 1)), Math.min(limit, Math.ceil(to + 1))]
}

function rasterWhere(
  isInside: (column: number, row: number) => boolean,
  around: Box,
  size: Size,
): Raster {
  const [x, right] = pixelsWithin(around.x, around.x + around.width, size.width)
  const [y, bottom] = pixelsWithin(around.y, around.y + around.height, size.height)
  if (right <= x || bottom <= y) return emptyRaster()
  const [width, height] = [right - x, bottom - y]
  const data = new Uint8Array(width * height)
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      if (isInside(x + column, y + row)) data[row * width + column] = 1
  return cropped({ x, y, width, height, data })
}
