/** @file The images of a set, each name once, and what is to be said of all of them. */
import type { LongWork } from '../../../shared/progress.ts'
import type { AnnotatedImage, AnnotatedSet, SetProblem } from '../../formats/annotated-set.ts'
import { datasetFormats, type FormatName } from '../../formats/formats.ts'

/** So many pictures that are not there are named. */
const namedMissing = 20

/** Says which pictures of `images` are not there; once where none is. */
function* missingPictures(names: readonly string[], images: number): Generator<SetProblem> {
  const [first] = names
  if (first === undefined) return
  if (names.length === images && images > 1)
    return yield {
      file: first,
      why: `neither this picture nor any of the other ${images - 1} is there; what is marked in them is taken. Name their folder with --images`,
    }
  for (const file of names.slice(0, namedMissing))
    yield { file, why: 'the picture is not there; what is marked in it is taken' }
  const more = names.length - namedMissing
  const next = names[namedMissing]
  if (more > 0 && next !== undefined)
    yield { file: next, why: `this picture and ${more - 1} more are not there` }
}

/**
 * Images as the set gives them; one whose name another one had before it is a problem. So are pictures
 * that are not there, in a format that has them.
 */
export async function* uniqueImages(
  set: AnnotatedSet,
  format: FormatName,
  work: LongWork,
): AsyncGenerator<AnnotatedImage | SetProblem> {
  const names = new Set<string>()
  const missing: string[] = []
  for await (const image of set.read(work)) {
    if ('why' in image) yield image
    else if (names.has(image.name))
      yield { file: image.name, why: 'another picture has the same name' }
    else {
      names.add(image.name)
      if (image.file === null) missing.push(image.name)
      yield image
    }
  }
  if (datasetFormats[format].holds.has('pictures')) yield* missingPictures(missing, names.size)
}
