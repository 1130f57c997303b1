/** @file `dataset split`: which images train and which are held out. */
import { AppError, throwIfCancelled } from '../../../shared/errors.ts'
import { ignoreIndex } from '../../../shared/mask.ts'
import { type LongWork, progressMeter } from '../../../shared/progress.ts'
import { type Project, write } from '../../db/handle.ts'
import { listImages, pictureOf, type StoredImage, setSplits } from '../../db/image-sets.ts'
import { loadThumbnail, saveThumbnails } from '../../db/image-thumbnails.ts'
import { loadMask } from '../../db/masks.ts'
import { JoinedGroups } from '../../image-sets/join-groups.ts'
import { type SplitGroup, splitGroups } from '../../image-sets/split-groups.ts'
import { looksSame, thumbnailOf } from '../../image-sets/thumbnails.ts'
import { chooseSets } from './choose-sets.ts'
import { pixelsOf } from './summary.ts'

export interface SplitOptions {
  /** `9:1` or `8:1:1`: train and val, or train, val and test. */
  ratio: string
  seed?: number | undefined
  /** Scenes are never divided. */
  byScene?: boolean | undefined
  set?: number | undefined
}

const partNames = ['train', 'val', 'test'] as const

export interface SplitPart {
  name: string
  images: number
  /** How many of its images show each class, by index. */
  classes: Map<number, number>
}

export interface SplitResult {
  parts: SplitPart[]
  /** Images that nobody has annotated are in no part. */
  unannotated: number
  /** Groups of images that have to be in the same part. */
  groups: number
}

/** @throws AppError `bad-value` when it is not two or three whole numbers of at least 0 */
export function parseRatio(text: string): number[] {
  const shares = text.split(':').map((part) => (/^\d{1,6}$/.test(part) ? Number(part) : Number.NaN))
  const fits = shares.length >= 2 && shares.length <= 3 && shares.every((share) => share >= 0)
  if (fits && shares.some((share) => share > 0)) return shares
  throw new AppError(
    'bad-value',
    `the ratio is ${JSON.stringify(text)}; two or three whole numbers were expected`,
    'Such as 9:1 for train and val, or 8:1:1 for train, val and test.',
  )
}

interface Candidate extends StoredImage {
  source: number
}

function annotatedImages(project: Project, set: number | undefined) {
  const all = chooseSets(project, set).flatMap(({ id }) =>
    listImages(project, id).map((image): Candidate => ({ ...image, source: id })),
  )
  const images = all.filter((image) => image.annotated)
  if (images.length > 0) return { images, unannotated: all.length - images.length }
  throw new AppError(
    'no-labels',
    'no image of the project is annotated',
    'Import a set with annotations.',
  )
}

/** Joins what equals another image, or shares a scene. */
function joinByKey(
  groups: JoinedGroups,
  images: readonly Candidate[],
  keyOf: (image: Candidate) => string | null,
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

/** Joins images with the one before them where they look the same, as in a recording. */
async function joinNeighbours(
  project: Project,
  groups: JoinedGroups,
  images: readonly Candidate[],
  { signal, onProgress }: LongWork,
): Promise<void> {
  const progress = progressMeter('compare', images.length, 'images', onProgress)
  const made: { source: number; position: number; thumbnail: Uint8Array }[] = []
  let before: { image: Candidate; thumbnail: Uint8Array } | null = null
  for (const [i, image] of images.entries()) {
    throwIfCancelled(signal, 'splitting')
    const file = pictureOf(project, image)
    const stored = loadThumbnail(project, { source: image.source, frame: image.position })
    const thumbnail = stored ?? (file === null ? null : await thumbnailOf(file))
    if (thumbnail && !stored) made.push({ ...image, thumbnail })
    const isNext =
      before?.image.source === image.source && folderOf(before.image.name) === folderOf(image.name)
    if (before && isNext && thumbnail && looksSame(before.thumbnail, thumbnail))
      groups.join(i - 1, i)
    before = thumbnail ? { image, thumbnail } : null
    progress(i + 1)
  }
  saveThumbnails(project, made)
}

/** The classes that each image shows, without background and ignored pixels. */
function classesShown(project: Project, { source, position }: Candidate): number[] {
  const mask = loadMask(project, { source, frame: position })?.mask
  if (!mask) return []
  const pixels = [...pixelsOf(mask).entries()]
  return pixels
    .filter(([index, count]) => count > 0 && index !== 0 && index !== ignoreIndex)
    .map(([index]) => index)
}

function countClasses(lists: readonly (readonly number[])[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const list of lists)
    for (const index of list) counts.set(index, (counts.get(index) ?? 0) + 1)
  return counts
}

/** Stores the part of each image; earlier ones, also those that a format gave, are replaced. */
function store(project: Project, images: readonly Candidate[], parts: ReadonlyMap<number, number>) {
  const bySet = new Map<number, Map<number, string | null>>()
  for (const [i, { source, position }] of images.entries()) {
    const splits = bySet.get(source) ?? new Map<number, string | null>()
    bySet.set(source, splits.set(position, partNames[parts.get(i) ?? 0] ?? null))
  }
  write(project, () => {
    for (const [source, splits] of bySet) setSplits(project, source, splits)
  })
}

/**
 * Divides the annotated images in a ratio, so that each class is shown in every part as often as the
 * ratio says. Equal files, neighbours of a recording that look the same and, where asked for, scenes
 * are never divided.
 * @throws AppError `bad-value`, `no-such-dataset`, `no-labels`, `cancelled`
 */
export async function splitImages(
  project: Project,
  { ratio, seed = 0, byScene = false, set }: SplitOptions,
  work: LongWork,
): Promise<SplitResult> {
  const shares = parseRatio(ratio)
  const { images, unannotated } = annotatedImages(project, set)
  const joined = new JoinedGroups(images.length)
  joinByKey(joined, images, ({ sha256 }) => sha256)
  if (byScene) joinByKey(joined, images, ({ scene, source }) => scene && `${source} ${scene}`)
  await joinNeighbours(project, joined, images, work)
  const shown = images.map((image) => classesShown(project, image))
  const shownIn = (list: readonly number[]) => countClasses(list.map((i) => shown[i] ?? []))
  const groups = joined
    .groups()
    .map((list): SplitGroup => ({ images: list, classes: shownIn(list) }))
  const parts = splitGroups(groups, shares, seed)
  store(project, images, parts)
  const members = shares.map((_, part) => [...images.keys()].filter((i) => parts.get(i) === part))
  return {
    ...{ unannotated, groups: groups.length },
    parts: members.map((list, part) => ({
      ...{ name: partNames[part] ?? '', images: list.length },
      classes: shownIn(list),
    })),
  }
}
