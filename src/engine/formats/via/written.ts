/** @file What is written of a picture, whichever version of VIA it is for. */
import { stat } from 'node:fs/promises'
import { ignoreIndex } from '../../../shared/mask.ts'
import type { Size } from '../../../shared/recipe.ts'
import type { AnnotatedImage, Box, SetObject } from '../annotated-set.ts'
import { ringOf } from '../one-ring.ts'
import { shapesToPaint } from '../paint-order.ts'
import { drawRectangle } from '../shapes/draw-shape.ts'
import { sameRaster } from '../shapes/raster.ts'

export interface WrittenRegion {
  classIndex: number
  shape: { kind: 'rect'; box: Box } | { kind: 'polygon'; ring: readonly number[] }
}

export interface WrittenPicture {
  name: string
  /** Size of the picture's file; -1 where it is not there. */
  bytes: number
  regions: readonly WrittenRegion[]
  /** It has no regions because somebody has seen that nothing is there. */
  isEmpty: boolean
}

function regionOf(object: SetObject, size: Size): WrittenRegion {
  const { classIndex, boxOnly, raster } = object
  const { x, y, width, height } = object.box ?? raster
  const box = { x, y, width, height }
  return boxOnly && sameRaster(drawRectangle(box, size), raster)
    ? { classIndex, shape: { kind: 'rect', box } }
    : { classIndex, shape: { kind: 'polygon', ring: ringOf(object, size) } }
}

/** Regions that give the picture's mask again but for what is ignored, which VIA cannot say. */
export async function writtenPicture(image: AnnotatedImage): Promise<WrittenPicture> {
  const objects = shapesToPaint(image).filter(
    ({ classIndex, raster }) => classIndex !== ignoreIndex && raster.data.includes(1),
  )
  const bytes = image.file === null ? -1 : (await stat(image.file)).size
  const regions = objects.map((object) => regionOf(object, image))
  return { name: image.name, bytes, regions, isEmpty: image.annotated && regions.length === 0 }
}

/** How a version of VIA writes a set: a beginning, entries with something between them, an end. */
export interface Version {
  /** Name of the file. */
  file: string
  begin(names: readonly string[]): string
  /** The entries of a picture, of which there may be none. */
  entries(picture: WrittenPicture, index: number, names: readonly string[]): string[]
  between: string
  end(pictures: readonly Pick<WrittenPicture, 'name' | 'bytes'>[], names: readonly string[]): string
}
