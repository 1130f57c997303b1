/** @file A thing with pixels as an annotation of COCO. */
import type { Size } from '../../../shared/recipe.ts'
import type { SetObject } from '../annotated-set.ts'
import { polygonsRuns } from '../shapes/coco-polygon.ts'
import { runArea, runBox, runLengthsOf } from '../shapes/run-lengths.ts'
import { compressRuns } from '../shapes/run-text.ts'

/** pycocotools takes a polygon of four numbers for a box, and shorter ones for nothing. */
const leastNumbers = 6

/**
 * What an annotation says of the thing itself, all but ids. A rectangle that was marked as one has no
 * segmentation; `bbox` is then its own, not rounded.
 */
export function annotationOf(object: SetObject, size: Size): object {
  const track = object.track === null ? {} : { attributes: { track_id: object.track } }
  const more = { iscrowd: Number(object.crowd), ...track }
  if (object.boxOnly) {
    const { x, y, width, height } = object.box ?? object.raster
    return { segmentation: [], area: width * height, bbox: [x, y, width, height], ...more }
  }
  const counts = runLengthsOf(object.raster, size)
  const { x, y, width, height } = runBox(counts, size.height)
  const area = runArea(counts)
  const segmentation = polygonsOf(object, counts, size) ?? {
    size: [size.height, size.width],
    counts: compressRuns(counts),
  }
  return { segmentation, area, bbox: [x, y, width, height], ...more }
}

/** The outline, where pycocotools draws the very same pixels from it. */
function polygonsOf(
  { outline }: SetObject,
  counts: readonly number[],
  size: Size,
): SetObject['outline'] {
  if (outline === null || outline.length === 0) return null
  if (outline.some((ring) => ring.length < leastNumbers || ring.length % 2 === 1)) return null
  const drawn = runsOrNull(outline, size)
  const isSame = drawn?.length === counts.length && drawn.every((count, i) => count === counts[i])
  return isSame ? outline : null
}

function runsOrNull(outline: readonly (readonly number[])[], size: Size): number[] | null {
  try {
    return polygonsRuns(outline, size)
  } catch {
    // A corner that is too far away for pycocotools.
    return null
  }
}
