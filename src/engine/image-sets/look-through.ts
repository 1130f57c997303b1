/** @file Looks through the images of a set: what is in their masks, and what is odd about them. */
import { access } from 'node:fs/promises'
import { throwIfCancelled } from '../../shared/errors.ts'
import type { Oddity } from '../../shared/oddities.ts'
import type { ValuePixels } from '../../shared/value-pixels.ts'
import { listClasses } from '../db/classes.ts'
import { type CountedImage, countedImages } from '../db/counted-images.ts'
import type { Project } from '../db/handle.ts'
import { pictureOf } from '../db/image-sets.ts'
import { declaredIndices, odditiesOf } from './oddities.ts'

export interface LookedImage extends CountedImage {
  /** Whether its picture is where the project says. */
  hasPicture: boolean
  /** What is in its mask, ascending; none where it has no mask. */
  values: readonly ValuePixels[]
  odd: Oddity[]
}

/** So many images come from the database at once: others wait so long. */
const page = 250

async function isThere(project: Project, image: CountedImage): Promise<boolean> {
  const file = pictureOf(project, image)
  if (file === null) return false
  return access(file).then(
    () => true,
    () => false,
  )
}

/** Says of images of a project what is odd about them. */
export function looker(project: Project) {
  const declared = declaredIndices(listClasses(project))
  return async (image: CountedImage): Promise<LookedImage> => {
    const hasPicture = await isThere(project, image)
    const values = image.label?.amounts ?? []
    return {
      ...{ ...image, hasPicture, values },
      odd: odditiesOf({ image, values, declared, hasPicture }),
    }
  }
}

/**
 * The images of a set by position, some at a time.
 * @throws AppError `cancelled`
 */
export async function* countedPages(
  project: Project,
  set: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<CountedImage[]> {
  for (let from = 0; ; ) {
    const images = countedImages(project, set, { from, count: page })
    const last = images.at(-1)
    if (!last) return
    yield images
    from = last.position + 1
    throwIfCancelled(signal, 'looking through the set')
    // Reading is synchronous: others have their turn here.
    await new Promise((resolve) => setImmediate(resolve))
  }
}
