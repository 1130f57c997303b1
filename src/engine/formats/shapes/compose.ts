/** @file From the things in a picture to its mask, and back. */
import { backgroundIndex, type ClassMask, ignoreIndex } from '../../../shared/mask.ts'
import type { Size } from '../../../shared/recipe.ts'
import type { AnnotatedImage, Raster, SetObject } from '../annotated-set.ts'
import { connectedParts } from './connected-parts.ts'
import { cropped, paintRaster, rasterOfValue } from './raster.ts'

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
 * The things of a picture for formats that hold things. Where its mask says something else they lose
 * what they do not show, and parts of the mask that no thing shows follow as things. Ignored pixels are
 * no contradiction: such formats have none.
 */
export function objectsOfImage(image: AnnotatedImage): readonly SetObject[] {
  const { mask, objects } = image
  if (mask === null) return objects
  const shown = new Uint8Array(mask.data.length)
  const kept = objects.toReversed().flatMap((object) => withoutPaintedOver(object, mask, shown))
  const rest = mask.data.map((value, i) => (shown[i] === 1 ? backgroundIndex : value))
  const added = objectsOfMask({ ...mask, data: rest })
  const isSame = kept.length === objects.length && added.length === 0
  const inOrder = kept.reverse()
  if (isSame && inOrder.every((object, i) => object === objects[i])) return objects
  return [...inOrder, ...added]
}

/**
 * A thing without the pixels at which the mask has another class; those stay that a thing above it
 * covers, as `shown` says. What it shows itself is added there. None is left of one that shows nothing
 * any more.
 */
function withoutPaintedOver(object: SetObject, mask: ClassMask, shown: Uint8Array): SetObject[] {
  const { classIndex, raster, crowd, track } = object
  const data = Uint8Array.from(raster.data)
  let [seen, cut] = [0, 0]
  for (let row = 0, own = 0; row < raster.height; row++)
    for (let column = 0; column < raster.width; column++, own++) {
      if (data[own] !== 1) continue
      const at = (raster.y + row) * mask.width + raster.x + column
      const value = mask.data[at]
      if (value === classIndex) {
        shown[at] = 1
        seen++
      } else if (value !== ignoreIndex && shown[at] !== 1) {
        data[own] = 0
        cut++
      }
    }
  if (cut === 0) return [object]
  if (seen === 0) return []
  return [objectOf(classIndex, cropped({ ...raster, data }), { crowd, track })]
}
