/** @file An annotation of COCO as a thing with pixels. */
import { AppError } from '../../../shared/errors.ts'
import type { Size } from '../../../shared/recipe.ts'
import type { Box, Raster, SetObject } from '../annotated-set.ts'
import { issuesOf } from '../dataset-json.ts'
import { cocoBox, cocoPolygons } from '../shapes/coco-polygon.ts'
import { objectOf } from '../shapes/compose.ts'
import { rasterOf } from '../shapes/run-lengths.ts'
import { expandRuns } from '../shapes/run-text.ts'
import { type Annotation, annotationSchema, type Id, polygonsSchema, runsSchema } from './schema.ts'

function badAnnotation(message: string): AppError {
  return new AppError('bad-dataset', message, 'Correct the annotation, or take it out.')
}

/**
 * The thing that an annotation marks in a picture of `size`.
 *
 * @throws AppError `bad-dataset` that says what is wrong with it
 */
export function readObject(
  entry: unknown,
  indices: ReadonlyMap<Id, number>,
  size: Size,
): SetObject {
  const { data, error } = annotationSchema.safeParse(entry)
  if (!data) throw badAnnotation(issuesOf(error))
  const classIndex = indices.get(data.category_id)
  if (classIndex === undefined)
    throw badAnnotation(`category_id: there is no category ${data.category_id}`)
  const more = {
    box: boxOf(data),
    crowd: data.iscrowd === 1 || data.iscrowd === true,
    track: data.attributes?.track_id ?? null,
  }
  const { raster, ...shape } = shapeOf(data, size)
  return objectOf(classIndex, raster, { ...more, ...shape })
}

function boxOf({ bbox }: Annotation): Box | null {
  if (!bbox || bbox.length === 0) return null
  const [x, y, width, height] = bbox
  return { x, y, width, height }
}

type Shape = Pick<SetObject, 'boxOnly' | 'outline'> & { raster: Raster }

function shapeOf(annotation: Annotation, size: Size): Shape {
  const { segmentation } = annotation
  if (Array.isArray(segmentation) && segmentation.length > 0)
    return polygonShape(segmentation, size)
  if (segmentation !== undefined && segmentation !== null && !Array.isArray(segmentation))
    return { raster: runsRaster(segmentation, size), boxOnly: false, outline: null }
  const box = boxOf(annotation)
  if (box === null || box.width <= 0 || box.height <= 0)
    throw badAnnotation('neither segmentation nor a bbox with an area marks anything')
  return { raster: cocoBox(box, size), boxOnly: true, outline: null }
}

function polygonShape(segmentation: readonly unknown[], size: Size): Shape {
  const { data, error } = polygonsSchema.safeParse(segmentation)
  if (!data) throw badAnnotation(`segmentation: ${issuesOf(error)}`)
  return { raster: cocoPolygons(data, size), boxOnly: false, outline: data }
}

function runsRaster(segmentation: unknown, size: Size): Raster {
  const { data, error } = runsSchema.safeParse(segmentation)
  if (!data) throw badAnnotation(`segmentation: ${issuesOf(error)}`)
  const [height, width] = data.size
  if (height !== size.height || width !== size.width)
    throw badAnnotation(
      `segmentation: its run lengths are of ${width}x${height} pixels, the picture has ${size.width}x${size.height}`,
    )
  const { counts } = data
  return rasterOf(typeof counts === 'string' ? expandRuns(counts) : counts, size)
}
