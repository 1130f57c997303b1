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

/** Names in folders, each read once: quicker than to ask for every picture in every folder. */
function folderReader(): (folder: string) => Promise<ReadonlySet<string>> {
  const known = new Map<string, Promise<ReadonlySet<string>>>()
  return (folder) => {
    const names =
      known.get(folder) ??
      readdir(folder).then(
        (entries) => new Set(entries),
        () => new Set<string>(),
      )
    known.set(folder, names)
    return names
  }
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
  const folders = new Set(images === undefined ? possibleFolders(file) : givenFolders(file, images))
  const namesIn = folderReader()
  return async (name) => {
    for (const folder of folders) {
      const path = pathWithin(folder, name)
      if ((await namesIn(dirname(path))).has(basename(path))) return path
    }
    return null
  }
}

function givenFolders({ part, split }: AnnotationFile, images: string): string[] {
  const parts = [part, split].filter((name) => name !== null)
  return [...parts.map((name) => join(images, name)), images]
}
