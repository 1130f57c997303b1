/**
 * @file COCO's compressed run lengths: each count as its difference to the one before last, in groups
 * of five bits, the lowest first, as characters from '0' (48) on; the sixth bit says that more follow
 * (rleToString and rleFrString of cocodataset/cocoapi, common/maskApi.c).
 */
import { AppError } from '../../../shared/errors.ts'

const firstCharacter = 48
const moreFollow = 0x20
const negative = 0x10
/** Six groups hold every difference in pictures of up to 2^29 pixels. */
const maximumGroups = 6

/** Run lengths as text. */
export function compressRuns(counts: readonly number[]): string {
  let text = ''
  for (let i = 0; i < counts.length; i++) {
    let rest = (counts[i] ?? 0) - (i > 2 ? (counts[i - 2] ?? 0) : 0)
    for (let more = true; more; ) {
      const group = rest & 0x1f
      rest >>= 5
      more = rest !== (group & negative ? -1 : 0)
      text += String.fromCharCode(firstCharacter + (more ? group | moreFollow : group))
    }
  }
  return text
}

/**
 * Text as run lengths.
 *
 * @throws AppError `bad-dataset` where the text is none of `compressRuns`
 */
export function expandRuns(text: string): number[] {
  const counts: number[] = []
  for (let at = 0; at < text.length; ) {
    let difference = 0
    for (let shift = 0, more = true; more; shift += 5) {
      const group = text.charCodeAt(at++) - firstCharacter
      if (!(group >= 0 && group < 0x40) || shift >= 5 * maximumGroups) throw badText(at - 1)
      difference |= (group & 0x1f) << shift
      more = (group & moreFollow) !== 0
      if (!more && group & negative) difference |= -1 << (shift + 5)
    }
    const count = difference + (counts.length > 2 ? (counts.at(-2) ?? 0) : 0)
    if (count < 0) throw badText(at - 1)
    counts.push(count)
  }
  return counts
}

function badText(at: number): AppError {
  return new AppError(
    'bad-dataset',
    `the compressed run lengths cannot be read from character ${at + 1} on`,
    'Check that the text was copied whole, its backslashes as JSON writes them.',
  )
}
