/** @file Where the pictures of a COCO file lie: its names are relative to a folder that it does not name. */
import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { pathWithin } from '../picture-files.ts'
import type { AnnotationFile } from './annotation-files.ts'

/** Folders in which pictures may be, the likeliest first: as COCO, CVAT, Roboflow and FiftyOne have it. */
function possibleFolders({ path, part, split }: AnnotationFile): string[] {
  const beside = dirname(path)
  const root = basename(beside) === 'annotations' ? dirname(beside) : beside
  const parts = [...new Set([part, split])].filter((name) => name !== null)
  const images = join(root, 'images')
  return [
    ...parts.map((name) => join(images, name)),
    images,
    ...parts.map((name) => join(root, name)),
    root,
    beside,
    join(root, 'data'),
  ]
}

/** A folder and the names in it. */
interface Listing {
  folder: string
  names: ReadonlySet<string>
}

/** The folders that have something in them: reading each once is quicker than asking for each picture. */
async function listingsOf(folders: readonly string[]): Promise<Listing[]> {
  const listings: Listing[] = []
  for (const folder of folders) {
    const names = await readdir(folder).catch(() => [])
    if (names.length > 0) listings.push({ folder, names: new Set(names) })
  }
  return listings
}

/**
 * A function that finds pictures by their names: in `images` (or its folder of the file's part) where
 * that is given, otherwise around the file. It gives null where there is none.
 *
 * @throws AppError (the function that is returned) `bad-dataset` for a name that leads out of there
 */
export function pictureFinder(
  file: AnnotationFile,
  images: string | undefined,
): (name: string) => Promise<string | null> {
  const folders = images === undefined ? possibleFolders(file) : givenFolders(file, images)
  const known = new Map<string, Promise<Listing[]>>()
  return async (name) => {
    pathWithin(dirname(file.path), name)
    const [below, base] = [dirname(name), basename(name)]
    const listings =
      known.get(below) ?? listingsOf([...new Set(folders)].map((folder) => join(folder, below)))
    known.set(below, listings)
    const found = (await listings).find(({ names }) => names.has(base))
    return found ? join(found.folder, base) : null
  }
}

function givenFolders({ part, split }: AnnotationFile, images: string): string[] {
  const parts = [part, split].filter((name) => name !== null)
  return [...parts.map((name) => join(images, name)), images]
}
