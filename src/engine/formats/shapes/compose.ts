/** @file From the things in a picture to its mask, and back. */
import { backgroundIndex, type ClassMask, ignoreIndex } from '../../../shared/mask.ts'
import type { Size } from '../../../shared/recipe.ts'
import type { AnnotatedImage, Raster, SetObject } from '../annotated-set.ts'
import { connectedParts } from './connected-parts.ts'
import { paintRaster, rasterOfValue } from './raster.ts'

/** One thing in a picture; what is not said of it is as for one marked by its pixels alone. */
export function objectOf(
  classIndex: number,
  raster: Raster,
  more: Partial<Omit<SetObject, 'classIndex' | 'raster'>> = {},
): SetObject {
  const plain = { boxOnly: false, box: null, outline: null, crowd: false, track: null }
  return { classIndex, raster, ...plain, ...more }
}

/** The mask of a picture with these things: a later one covers an earlier one. */
export function maskOfObjects(
  { width, height }: Size,
  objects: readonly Pick<SetObject, 'classIndex' | 'raster'>[],
): ClassMask {
  const mask = { width, height, data: new Uint8Array(width * height) }
  for (const { classIndex, raster } of objects) paintRaster(raster, mask, classIndex)
  return mask
}

/**
 * The things in a mask, without background and ignored pixels: each connected part (corner to corner)
 * of a class is one, or everything of a class.
 */
export function objectsOfMask(
  mask: ClassMask,
  { per = 'part' }: { per?: 'part' | 'class' } = {},
): SetObject[] {
  const without = new Set([backgroundIndex, ignoreIndex])
  if (per === 'part')
    return connectedParts(mask, 8, without).map(({ value, raster }) => objectOf(value, raster))
  const classes = [...new Set(mask.data)].filter((value) => !without.has(value))
  return classes.sort((a, b) => a - b).map((value) => objectOf(value, rasterOfValue(mask, value)))
}

/** The mask of a picture for formats that hold masks. */
export function maskOfImage(image: AnnotatedImage): ClassMask {
  return image.mask ?? maskOfObjects(image, image.objects)
}

/**
 * The things of a picture for formats that hold things: those that it has, unless its mask says
 * otherwise. Ignored pixels are no contradiction: such formats have none.
 */
export function objectsOfImage(image: AnnotatedImage): readonly SetObject[] {
  if (image.mask === null) return image.objects
  const drawn = maskOfObjects(image, image.objects).data
  const agrees = image.mask.data.every((value, i) => value === ignoreIndex || value === drawn[i])
  return agrees ? image.objects : objectsOfMask(image.mask)
}
