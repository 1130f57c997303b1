/** @file The images of a set, each name once. */
import type { LongWork } from '../../../shared/progress.ts'
import type { AnnotatedImage, AnnotatedSet, SetProblem } from '../../formats/annotated-set.ts'

/** Images as the set gives them; one whose name another one had before it is a problem. */
export async function* uniqueImages(
  set: AnnotatedSet,
  work: LongWork,
): AsyncGenerator<AnnotatedImage | SetProblem> {
  const names = new Set<string>()
  for await (const image of set.read(work)) {
    if ('why' in image) yield image
    else if (names.has(image.name))
      yield { file: image.name, why: 'another picture has the same name' }
    else {
      names.add(image.name)
      yield image
    }
  }
}
