/** @file Objects as results of Label Studio: a region as it was marked where it gives the very pixels, else a brush. */
import type { Size } from '../../../shared/recipe.ts'
import type { SetObject } from '../annotated-set.ts'
import { sameRaster } from '../shapes/raster.ts'
import { turnedBoxOf } from '../shapes/turned.ts'
import { brushOfRaster } from './brush-runs.ts'
import { imageName } from './label-config.ts'
import { drawRegion, type RegionKind } from './regions.ts'

interface WrittenRegion {
  kind: RegionKind
  value: Record<string, unknown>
}

const percent = (pixels: number, side: number): number => (pixels / side) * 100

function rectangle(
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  rotation: number,
  size: Size,
): WrittenRegion {
  const value = {
    x: percent(x, size.width),
    y: percent(y, size.height),
    width: percent(width, size.width),
    height: percent(height, size.height),
    rotation,
  }
  return { kind: 'rectangle', value }
}

function polygon(ring: readonly number[], size: Size): WrittenRegion {
  const points: [number, number][] = []
  for (let i = 0; i + 1 < ring.length; i += 2)
    points.push([percent(ring[i] ?? 0, size.width), percent(ring[i + 1] ?? 0, size.height)])
  return { kind: 'polygon', value: { points, closed: true } }
}

/** Regions that may stand for an object, the more telling one first. */
function candidates({ boxOnly, box, raster, outline }: SetObject, size: Size): WrittenRegion[] {
  const [ring, ...more] = outline ?? []
  const isPolygon = ring !== undefined && more.length === 0 && ring.length >= 6
  const skewed = boxOnly && isPolygon ? turnedBoxOf(ring) : null
  return [
    ...(boxOnly ? [rectangle(box ?? raster, 0, size)] : []),
    ...(skewed ? [rectangle(skewed, skewed.degrees, size)] : []),
    ...(isPolygon && !boxOnly ? [polygon(ring, size)] : []),
  ]
}

function regionOf(object: SetObject, size: Size): WrittenRegion {
  const exact = candidates(object, size).find(({ kind, value }) =>
    sameRaster(drawRegion(kind, value, size).raster, object.raster),
  )
  const rle = () => brushOfRaster(object.raster, size)
  return exact ?? { kind: 'brush', value: { format: 'rle', rle: rle() } }
}

/** A result of Label Studio; `id` tells it from others of the picture. */
export function resultOf(object: SetObject, label: string, size: Size, id: string): unknown {
  const { kind, value } = regionOf(object, size)
  const type = `${kind}labels`
  return {
    id,
    type,
    from_name: kind,
    to_name: imageName,
    origin: 'manual',
    image_rotation: 0,
    original_width: size.width,
    original_height: size.height,
    value: { ...value, [type]: [label] },
  }
}
