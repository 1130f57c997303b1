/** @file What is in a picture of a VOC set: from its object mask and its boxes. */
import { type ClassMask, ignoreIndex } from '../../../shared/mask.ts'
import type { Size } from '../../../shared/recipe.ts'
import type { Box, Raster, SetObject } from '../annotated-set.ts'
import { objectOf } from '../shapes/compose.ts'
import { drawRectangle } from '../shapes/draw-shape.ts'
import { rasterOfValue } from '../shapes/raster.ts'
import type { Annotation, BoxedObject } from './annotation.ts'

/** The class that most of an object's pixels have; null where none of them has one. */
function classUnder(raster: Raster, mask: ClassMask): number | null {
  const counts = new Uint32Array(256)
  for (let row = 0; row < raster.height; row++)
    for (let column = 0; column < raster.width; column++) {
      if (raster.data[row * raster.width + column] !== 1) continue
      const value = mask.data[(raster.y + row) * mask.width + raster.x + column] ?? 0
      counts[value] = (counts[value] ?? 0) + 1
    }
  counts[0] = 0
  counts[ignoreIndex] = 0
  const most = counts.indexOf(Math.max(...counts))
  return counts[most] === 0 ? null : most
}

/** Numbers of the objects in an object mask, in order. */
function numbersIn({ data }: ClassMask): number[] {
  const isThere = new Uint8Array(256)
  for (let pixel = 0; pixel < data.length; pixel++) isThere[data[pixel] ?? 0] = 1
  return [...isThere.keys()].filter((n) => n !== 0 && n !== ignoreIndex && isThere[n] === 1)
}

/**
 * The objects of an object mask. Number n is the n-th object of the annotation, as the development
 * kit says, whose box it gets where they agree on the class.
 */
export function maskedObjects(
  objects: ClassMask,
  mask: ClassMask,
  { annotation, names }: { annotation: Annotation | null; names: readonly string[] },
): SetObject[] {
  return numbersIn(objects).flatMap((number) => {
    const raster = rasterOfValue(objects, number)
    const classIndex = classUnder(raster, mask)
    if (classIndex === null) return []
    const boxed = annotation?.objects[number - 1]
    const box = boxed?.name === names[classIndex] ? (boxed?.box ?? null) : null
    return [objectOf(classIndex, raster, { box })]
  })
}

function boxedObject({ name, box }: BoxedObject, size: Size, names: readonly string[]): SetObject {
  return objectOf(names.indexOf(name), drawRectangle(box, size), { boxOnly: true, box })
}

const boxText = ({ x, y, width, height }: Box): string =>
  `xmin ${x + 1}, ymin ${y + 1}, xmax ${x + width}, ymax ${y + height}`

/** The boxes of an annotation as objects, and why some are none. */
export function boxedObjects(
  annotation: Annotation,
  size: Size,
  names: readonly string[],
): { objects: SetObject[]; faults: string[] } {
  const objects: SetObject[] = []
  const faults = [...annotation.faults]
  for (const [index, boxed] of annotation.objects.entries()) {
    if (boxed === null) continue
    if (names.indexOf(boxed.name) < 1) {
      faults.push(`object ${index + 1}: no class ${JSON.stringify(boxed.name)} is declared`)
      continue
    }
    const object = boxedObject(boxed, size, names)
    if (object.raster.data.includes(1)) objects.push(object)
    else
      faults.push(
        `object ${index + 1}: its box (${boxText(boxed.box)}) covers no pixel of the picture of ${size.width}x${size.height}`,
      )
  }
  return { objects, faults }
}
