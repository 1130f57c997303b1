/** @file Pixels that are not scored, alike in both masks of a pair. */
import { type ClassMask, ignoreIndex } from '../../shared/mask.ts'

/**
 * A pair of masks in which what either ignores is ignored by both, so that an edge of what is not
 * scored is never taken for an edge of a class. Masks that ignore nothing are returned as they are.
 */
export function sharedIgnore(truth: ClassMask, predicted: ClassMask): [ClassMask, ClassMask] {
  if (!truth.data.includes(ignoreIndex) && !predicted.data.includes(ignoreIndex))
    return [truth, predicted]
  const [first, second] = [truth.data.slice(), predicted.data.slice()]
  for (let pixel = 0; pixel < first.length; pixel++)
    if (first[pixel] === ignoreIndex || second[pixel] === ignoreIndex) {
      first[pixel] = ignoreIndex
      second[pixel] = ignoreIndex
    }
  return [
    { ...truth, data: first },
    { ...predicted, data: second },
  ]
}
