/** @file Where the pictures of a CVAT export lie. */
import { dirname } from 'node:path'
import { isFile, pathWithin } from '../picture-files.ts'

/** Paths at which CVAT, and people who copy pictures beside, put a picture. */
function possiblePaths(name: string, subset: string | null): string[] {
  const paths = subset === null ? [name] : [`${subset}/${name}`, name]
  return [...paths.map((path) => `images/${path}`), ...paths]
}

/**
 * Looks for pictures in `images` where that is given, otherwise beside the file of annotations.
 *
 * @throws AppError (the function that is returned) `bad-dataset` for a name that leads out of there
 */
export function pictureFinder(
  annotations: string,
  images: string | undefined,
): (name: string, subset: string | null) => Promise<string | null> {
  const folder = images ?? dirname(annotations)
  return async (name, subset) => {
    for (const path of possiblePaths(name, subset)) {
      const file = pathWithin(folder, path)
      if (await isFile(file)) return file
    }
    return null
  }
}
