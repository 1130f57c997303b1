/** @file The pictures of a YOLO set, each with the place of its labels. */
import { stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import type { SetProblem } from '../annotated-set.ts'
import { splitOfFolder, splitOfPath } from '../folders/split-name.ts'
import type { ReadOptions } from '../format.ts'
import { listFiles } from '../list-files.ts'
import { isPictureName } from '../picture-files.ts'
import { readText } from '../text-file.ts'
import type { DataFile, Part } from './data-file.ts'
import { placeFinder } from './find-place.ts'

export interface Picture {
  name: string
  file: string
  /** Where its labels are, relative to the set; there may be none. */
  labels: string
  split: string | null
}

export interface Listing {
  pictures: Picture[]
  problems: SetProblem[]
}

/** The key of ours for pictures of no part. */
export const noSplit = 'unassigned'

/**
 * Lists the pictures of all parts, each once.
 *
 * @throws AppError `bad-dataset` where there are none
 */
export async function listPictures(data: DataFile, options: ReadOptions): Promise<Listing> {
  const found =
    options.images === undefined
      ? await ownPictures(data, options)
      : await otherPictures(data, options)
  if (found.pictures.length > 0) return found
  throw new AppError(
    'bad-dataset',
    `${data.root} has no pictures; YOLO's labels are in shares of their sides`,
    'Put the pictures into images/ beside labels/, or name their folder with --images.',
  )
}

async function ownPictures(data: DataFile, { signal }: ReadOptions): Promise<Listing> {
  const find = placeFinder(data.root, data.path)
  const parts = data.parts.length > 0 ? data.parts : [{ key: '', places: ['images'] }]
  const listing: Listing = { pictures: [], problems: [] }
  const taken = new Map<string, string>()
  for (const part of parts)
    for (const place of part.places) {
      const at = await find(place)
      const found = at === null ? null : await picturesAt(at, data.root, signal)
      if (at === null || found === null) {
        listing.problems.push({ file: place, why: `${part.key} names it, but it is not there` })
        continue
      }
      const isShared = parts.some((other) => other !== part && other.places.includes(place))
      const fresh = found.pictures.filter(({ path }) => !taken.has(path))
      const why = problemOf(found, fresh.length, isShared)
      if (why !== null) listing.problems.push({ file: place, why })
      for (const picture of fresh) {
        taken.set(picture.path, part.key)
        listing.pictures.push(pictureOf(picture, splitOf(part, at, isShared), data.root))
      }
    }
  return { ...listing, pictures: withUniqueNames(listing.pictures) }
}

function problemOf({ pictures, missing }: Found, fresh: number, isShared: boolean): string | null {
  const again = isShared ? 0 : pictures.length - fresh
  if (missing > 0) return `names ${missing} pictures that are not there`
  return again > 0 ? `has ${again} pictures of another part, where they stay` : null
}

/** A folder that is both train and val parts nothing, unless its name says what it is. */
function splitOf({ key }: Part, at: string, isShared: boolean): (name: string) => string | null {
  if (key === '') return (name) => splitOfPath(name)
  if (key === noSplit) return () => null
  const split = isShared ? splitOfFolder(basename(at)) : key === 'validation' ? 'val' : key
  return () => split
}

interface FoundPicture {
  /** Relative to the set. */
  path: string
  /** Relative to the folder that was named. */
  name: string
}

interface Found {
  pictures: FoundPicture[]
  /** How many a list names that are not there. */
  missing: number
}

async function picturesAt(
  at: string,
  root: string,
  signal: AbortSignal | undefined,
): Promise<Found> {
  const entry = await stat(join(root, at))
  if (entry.isDirectory()) {
    const names = (await listFiles(join(root, at), { signal })).filter(isPictureName)
    const pictures = names.map((name) => ({ name, path: at === '' ? name : `${at}/${name}` }))
    return { pictures, missing: 0 }
  }
  const lines = (await readText(join(root, at))).split(/\r?\n/).map((line) => line.trim())
  const named = lines.filter((line) => isPictureName(line))
  const find = placeFinder(root, null)
  const pictures: FoundPicture[] = []
  for (const line of named) {
    const path = await find(line)
    if (path !== null) pictures.push({ path, name: path.replace(/^(.*\/)?images\//, '') })
  }
  return { pictures, missing: named.length - pictures.length }
}

function pictureOf(
  { path, name }: FoundPicture,
  splitOfName: (name: string) => string | null,
  root: string,
): Picture {
  return { name, file: join(root, path), labels: labelsOf(path), split: splitOfName(name) }
}

/** As Ultralytics finds labels: the last folder `images` becomes `labels`, the ending `.txt`. */
export function labelsOf(path: string): string {
  const folders = `/${path}`.replace(/\/images\/(?!.*\/images\/)/, '/labels/')
  return folders.slice(1).replace(/\.[^./]*$/, '.txt')
}

/** Pictures of two parts may have one name; then they go by the names of their parts as well. */
function withUniqueNames(pictures: readonly Picture[]): Picture[] {
  const taken = new Set<string>()
  return pictures.map((picture) => {
    const { name, split, labels } = picture
    const choices = [name, `${split ?? noSplit}/${name}`]
    const choice = choices.find((each) => !taken.has(each)) ?? `${labels}/${name}`
    taken.add(choice)
    return { ...picture, name: choice }
  })
}

/** Pictures in a folder of their own: labels are looked for under the same names. */
async function otherPictures(
  data: DataFile,
  { images = '', signal }: ReadOptions,
): Promise<Listing> {
  const labels = (await listFiles(data.root, { signal })).filter((name) => /\.txt$/i.test(name))
  const byEnd = new Map<string, string>()
  for (const path of labels)
    for (const end of endsWithout(path)) if (!byEnd.has(end)) byEnd.set(end, path)
  const names = (await listFiles(images, { signal })).filter(isPictureName)
  const pictures = names.map((name): Picture => {
    const own = name.replace(/\.[^./]*$/, '')
    const path = byEnd.get(own) ?? `labels/${own}.txt`
    return { name, file: join(images, name), labels: path, split: splitOfPath(path) }
  })
  return { pictures, problems: [] }
}

/** The ends of a path of labels, without `.txt`: labels/train/a, train/a, a. */
function endsWithout(path: string): string[] {
  const names = path.replace(/\.txt$/i, '').split('/')
  return names.map((_, i) => names.slice(i).join('/'))
}
