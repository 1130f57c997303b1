/** @file Which pictures are neighbours of a recording that look the same, or are the same file. */
import { type LongWork, progressMeter } from '../../shared/progress.ts'
import type { Project } from '../db/handle.ts'
import { pictureOf, type StoredImage } from '../db/image-sets.ts'
import { loadThumbnail, saveThumbnails } from '../db/image-thumbnails.ts'
import { readAhead } from '../read-ahead.ts'
import { takeTurns } from '../take-turns.ts'
import type { JoinedGroups } from './join-groups.ts'
import { looksSame, thumbnailOf } from './thumbnails.ts'

/** An image of one of the project's sets. */
export interface SetImage extends StoredImage {
  source: number
}

/** Joins what has the same key as another image; null = nothing in common. */
export function joinByKey<Image>(
  groups: JoinedGroups,
  images: readonly Image[],
  keyOf: (image: Image) => string | null,
): void {
  const first = new Map<string, number>()
  for (const [i, image] of images.entries()) {
    const key = keyOf(image)
    const other = key === null ? undefined : first.get(key)
    if (other !== undefined) groups.join(other, i)
    else if (key !== null) first.set(key, i)
  }
}

const folderOf = (name: string): string => name.slice(0, name.lastIndexOf('/') + 1)

interface Looked {
  image: SetImage
  /** Null where the picture is missing, or cannot be decoded. */
  thumbnail: Uint8Array | null
  isNew: boolean
}

async function lookAt(project: Project, image: SetImage): Promise<Looked> {
  const stored = loadThumbnail(project, { source: image.source, frame: image.position })
  if (stored) return { image, thumbnail: stored, isNew: false }
  const file = pictureOf(project, image)
  const thumbnail = file === null ? null : await thumbnailOf(file)
  return { image, thumbnail, isNew: thumbnail !== null }
}

/** Pictures that are decoded at the same time: sharp has a thread for each. */
const ahead = 4
/** Thumbnails are kept so many at a time: whoever cancels does not lose them all. */
const batch = 500

/** Joins images with the one before them where they look the same, as in a recording. */
export async function joinNeighbours(
  project: Project,
  groups: JoinedGroups,
  images: readonly SetImage[],
  { signal, onProgress }: LongWork,
): Promise<void> {
  const progress = progressMeter('compare', images.length, 'images', onProgress)
  const rest = takeTurns(signal, 'splitting')
  let made: { source: number; position: number; thumbnail: Uint8Array }[] = []
  let before: Looked | null = null
  let seen = 0
  for await (const now of readAhead(images, ahead, (image) => lookAt(project, image))) {
    const { image, thumbnail, isNew } = now
    if (isNew && thumbnail) made.push({ ...image, thumbnail })
    if (made.length >= batch) {
      saveThumbnails(project, made)
      made = []
    }
    if (before?.thumbnail && thumbnail && isNext(before.image, image))
      if (looksSame(before.thumbnail, thumbnail)) groups.join(seen - 1, seen)
    before = now
    progress(++seen)
    await rest()
  }
  saveThumbnails(project, made)
}

const isNext = (a: SetImage, b: SetImage): boolean =>
  a.source === b.source && folderOf(a.name) === folderOf(b.name)
