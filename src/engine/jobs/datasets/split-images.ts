/** @file `dataset split`: which images train and which are held out. */
import { AppError } from '../../../shared/errors.ts'
import type { LongWork } from '../../../shared/progress.ts'
import { type Project, write } from '../../db/handle.ts'
import { setSplits } from '../../db/image-sets.ts'
import { JoinedGroups } from '../../image-sets/join-groups.ts'
import { joinByKey, joinNeighbours, type SetImage } from '../../image-sets/join-neighbours.ts'
import { countedPages } from '../../image-sets/look-through.ts'
import { isThing } from '../../image-sets/oddities.ts'
import { type SplitGroup, splitGroups } from '../../image-sets/split-groups.ts'
import { chooseSets } from './choose-sets.ts'

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

interface Candidate extends SetImage {
  /** The classes that it shows. */
  shown: number[]
}

async function annotatedImages(
  project: Project,
  set: number | undefined,
  signal: AbortSignal | undefined,
) {
  const images: Candidate[] = []
  let unannotated = 0
  for (const { id: source } of chooseSets(project, set))
    for await (const page of countedPages(project, source, signal))
      for (const { label, ...image } of page) {
        const shown = (label?.amounts ?? []).filter(isThing).map(({ index }) => index)
        if (image.annotated || label) images.push({ ...image, source, shown })
        else unannotated++
      }
  if (images.length > 0) return { images, unannotated }
  throw new AppError(
    'no-labels',
    'no image of the project is annotated',
    'Import a set with annotations.',
  )
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
  const { images, unannotated } = await annotatedImages(project, set, work.signal)
  const joined = new JoinedGroups(images.length)
  joinByKey(joined, images, ({ sha256 }) => sha256)
  if (byScene) joinByKey(joined, images, ({ scene, source }) => scene && `${source} ${scene}`)
  await joinNeighbours(project, joined, images, work)
  const shownIn = (list: readonly number[]) => countClasses(list.map((i) => images[i]?.shown ?? []))
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
