/**
 * @file From a picture to shapes for tools that paint them one over the other: its objects, as far as
 * its mask has them, and what the mask has beyond them.
 */
import { backgroundIndex, type ClassMask, ignoreIndex } from '../../shared/mask.ts'
import type { AnnotatedImage, Raster, SetObject } from './annotated-set.ts'
import { maskOfObjects, objectOf, objectsOfMask } from './shapes/compose.ts'
import { cropped, rasterOfValue } from './shapes/raster.ts'

/** Calls `visit` with each pixel of a raster: its index in the raster, and in the picture. */
function forEachPixel(
  { x, y, width, height, data }: Raster,
  pictureWidth: number,
  visit: (own: number, pixel: number) => void,
): void {
  for (let row = 0, own = 0; row < height; row++)
    for (let column = 0; column < width; column++, own++)
      if (data[own] === 1) visit(own, (y + row) * pictureWidth + x + column)
}

/** Of each pixel the position of the uppermost object, -1 where there is none. */
function uppermost(objects: readonly SetObject[], { width, height }: ClassMask): Int32Array {
  const upper = new Int32Array(width * height).fill(-1)
  for (const [position, { raster }] of objects.entries())
    forEachPixel(raster, width, (_, pixel) => {
      upper[pixel] = position
    })
  return upper
}

/** Objects as the mask has them: those that it contradicts lose the pixels of other classes. */
function agreeing(objects: readonly SetObject[], mask: ClassMask): SetObject[] {
  const upper = uppermost(objects, mask)
  return objects.flatMap((object, position) => {
    const { classIndex, raster, crowd, track } = object
    const data = new Uint8Array(raster.data.length)
    let contradictions = 0
    forEachPixel(raster, mask.width, (own, pixel) => {
      const agrees = mask.data[pixel] === classIndex
      if (agrees) data[own] = 1
      else if (upper[pixel] === position) contradictions++
    })
    if (contradictions === 0) return [object]
    const rest = cropped({ ...raster, data })
    return rest.width === 0 ? [] : [objectOf(classIndex, rest, { crowd, track })]
  })
}

/** The pixels that a mask has of background or of "ignore" where something else is drawn. */
function missingOf(value: number, mask: ClassMask, drawn: Uint8Array): SetObject[] {
  const isMissing = mask.data.map((own, pixel) => Number(own === value && drawn[pixel] !== value))
  const raster = rasterOfValue({ ...mask, data: isMissing }, 1)
  return raster.width === 0 ? [] : [objectOf(value, raster)]
}

/**
 * What to paint, in order, so that the picture's mask results. Where its objects do that they are it;
 * otherwise objects are cut to what the mask has of them, each connected part of a class that is in no
 * object follows as one, and then one shape each of class 0 and of 255, where these are painted over.
 */
export function shapesToPaint(image: AnnotatedImage): readonly SetObject[] {
  const { mask, objects } = image
  if (mask === null) return objects
  const own = agreeing(objects, mask)
  const drawn = maskOfObjects(image, own).data
  const missing = mask.data.map((value, pixel) => (drawn[pixel] === value ? 0 : value))
  return [
    ...own,
    ...objectsOfMask({ ...mask, data: missing }),
    ...missingOf(backgroundIndex, mask, drawn),
    ...missingOf(ignoreIndex, mask, drawn),
  ]
}
