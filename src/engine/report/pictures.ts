/** @file Pictures for a report: the overview, and a thumbnail around a region. */
import sharp from 'sharp'
import type { Crop, Size } from '../../shared/recipe.ts'
import type { Point } from '../../shared/region.ts'
import type { ProbabilityMap } from '../infer/types.ts'
import { hidePeople, type RgbPicture } from './hide-people.ts'
import type { PeopleInPictures, ReportPicture, Thumbnail } from './types.ts'

const overviewWidth = 1000
const thumbnailSize: Size = { width: 288, height: 216 }

/** Space around a region, as a share of its longer side. */
const margin = 0.25
/** A thumbnail shows at least this share of the picture's width. */
const narrowestShare = 0.25

/** A frame with what the network saw in it; without a map nobody can be hidden. */
export interface SeenPicture {
  picture: RgbPicture
  map: ProbabilityMap | null
}

async function prepared({ picture, map }: SeenPicture, people: PeopleInPictures) {
  if (people === 'left-out' || (people !== 'shown' && map === null)) return null
  return map === null ? picture : hidePeople(picture, map, people)
}

async function jpegOf(picture: RgbPicture, crop: Crop, { width, height }: Size): Promise<string> {
  const jpeg = await sharp(picture.data, {
    raw: { width: picture.width, height: picture.height, channels: 3 },
  })
    .extract({ left: crop.x, top: crop.y, width: crop.width, height: crop.height })
    .resize(width, height, { fit: 'fill' })
    .jpeg({ quality: 76, mozjpeg: true })
    .toBuffer()
  return `data:image/jpeg;base64,${jpeg.toString('base64')}`
}

/** One side of a crop of this length around the middle of `low … high`, kept inside `0 … full`. */
function sideOf(low: number, high: number, length: number, full: number): [number, number] {
  const size = Math.min(full, Math.round(length))
  const start = Math.round((low + high - size) / 2)
  return [Math.max(0, Math.min(full - size, start)), size]
}

/** The part of the picture around a polygon, in the proportions of a thumbnail as far as it reaches. */
export function cropAround(points: readonly Point[], { width, height }: Size): Crop {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  const [left, right] = [Math.min(...xs), Math.max(...xs)]
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)]
  const aspect = thumbnailSize.width / thumbnailSize.height
  const space = 2 * margin * Math.max(right - left, bottom - top)
  const wide = Math.max(
    right - left + space,
    (bottom - top + space) * aspect,
    narrowestShare * width,
  )
  const [x, cropWidth] = sideOf(left, right, wide, width)
  const [y, cropHeight] = sideOf(top, bottom, wide / aspect, height)
  return { x, y, width: cropWidth, height: cropHeight }
}

/** A thumbnail of a region; null where people cannot be hidden as wished, or on request. */
export async function thumbnail(
  seen: SeenPicture,
  points: readonly Point[],
  people: PeopleInPictures,
): Promise<Thumbnail | null> {
  const picture = await prepared(seen, people)
  if (!picture || points.length === 0) return null
  const crop = cropAround(points, picture)
  const scale = thumbnailSize.width / crop.width
  const size = { width: thumbnailSize.width, height: Math.round(crop.height * scale) }
  return {
    ...size,
    dataUri: await jpegOf(picture, crop, size),
    outline: points.map(([x, y]): Point => [(x - crop.x) * scale, (y - crop.y) * scale]),
  }
}

/**
 * The picture that regions are drawn on. It keeps its own pixels as coordinates whatever the size
 * of the JPEG; null as for `thumbnail`.
 */
export async function overviewPicture(
  seen: SeenPicture,
  people: PeopleInPictures,
): Promise<ReportPicture | null> {
  const picture = await prepared(seen, people)
  if (!picture) return null
  const { width, height } = picture
  const scale = Math.min(1, overviewWidth / width)
  const size = { width: Math.round(width * scale), height: Math.round(height * scale) }
  return { width, height, dataUri: await jpegOf(picture, { x: 0, y: 0, width, height }, size) }
}
