/** @file The things of a picture as lines of YOLO's labels. */
import { backgroundIndex } from '../../../shared/mask.ts'
import type { Size } from '../../../shared/recipe.ts'
import type { AnnotatedImage, SetObject } from '../annotated-set.ts'
import { joinRings } from '../one-ring.ts'
import { bridgeHoles } from '../shapes/bridge-holes.ts'
import { maskOfImage, objectsOfImage, objectsOfMask } from '../shapes/compose.ts'
import { fillPolygon } from '../shapes/fill-polygon.ts'
import { sameRaster } from '../shapes/raster.ts'
import { outlineParts } from '../shapes/trace-outline.ts'

/** Places after the point: as Ultralytics writes them, or as many as a number has. */
const polygonPlaces = [6, 17] as const
const boxPlaces = 9
const leastRing = 6

/**
 * The text of a file of labels: a line for each thing that has pixels. Ultralytics takes a file for one
 * of outlines as soon as a line is longer than a box, so boxes among outlines become outlines.
 */
export function formatLabels(image: AnnotatedImage): string {
  const things = thingsOf(image).filter(({ raster }) => raster.data.includes(1))
  const areBoxes = things.every(({ boxOnly }) => boxOnly)
  const lines = things.map((object) => {
    const numbers = areBoxes ? boxNumbers(object, image) : polygonNumbers(object, image)
    return `${object.classIndex - 1} ${numbers.join(' ')}\n`
  })
  return lines.join('')
}

/** What is painted with the background has no class there: such a picture's things are those seen. */
function thingsOf(image: AnnotatedImage): readonly SetObject[] {
  const things = objectsOfImage(image)
  const hasBackground = things.some(({ classIndex }) => classIndex === backgroundIndex)
  return hasBackground ? objectsOfMask(maskOfImage(image)) : things
}

function rounded(value: number, places: number): string {
  return String(places > boxPlaces ? value : Number(value.toFixed(places)))
}

/** A box, without what of it lies beyond the picture: Ultralytics refuses files with such. */
function boxNumbers({ box, raster }: SetObject, size: Size): string[] {
  const { x, y, width, height } = box ?? raster
  const [left, top] = [Math.max(0, x), Math.max(0, y)]
  const [right, bottom] = [Math.min(size.width, x + width), Math.min(size.height, y + height)]
  const shares = [
    (left + right) / 2 / size.width,
    (top + bottom) / 2 / size.height,
    (right - left) / size.width,
    (bottom - top) / size.height,
  ]
  return shares.map((share) => rounded(share, boxPlaces))
}

/** The first way to write an outline that gives back the very pixels: tracing them always does. */
function polygonNumbers(object: SetObject, size: Size): string[] {
  let numbers: string[] = []
  for (const ring of rings(object))
    for (const places of polygonPlaces) {
      const shares = ring.map((at, i) => at / (i % 2 === 0 ? size.width : size.height))
      numbers = shares.map((share) => rounded(share, places))
      if (!shares.every((share) => share >= 0 && share <= 1)) continue
      const again = numbers.map(
        (text, i) => Number(text) * (i % 2 === 0 ? size.width : size.height),
      )
      if (sameRaster(fillPolygon([again], size), object.raster)) return numbers
    }
  return numbers
}

function* rings({ outline, raster }: SetObject): Generator<number[]> {
  if (outline?.every((ring) => ring.length >= leastRing)) yield joinRings(outline)
  yield joinRings(outlineParts(raster).map(bridgeHoles))
}
