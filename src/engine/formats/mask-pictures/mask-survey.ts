/** @file Which values the masks of a set hold, and how often, to find out what they mean. */
import { throwIfCancelled } from '../../../shared/errors.ts'
import { type MaskKind, type MaskPicture, readMaskPicture } from './mask-picture.ts'

export interface MaskSurvey {
  kind: MaskKind
  /** Pixels of each value that occurs. */
  pixels: ReadonlyMap<number, number>
  /** Highest level that the grey masks can have: 255 or 65535. */
  white: number
  palette: readonly string[] | null
}

/** More values than this are no classes but a photograph; nobody needs them counted. */
const tooMany = 100_000

/** Grey levels as colours, where a set has both. */
const asColour = (level: number): number => (level << 16) | (level << 8) | level

/** The value of each pixel in terms of the set's kind. */
export function toSetValue(
  picture: Pick<MaskPicture, 'kind' | 'palette'>,
  kind: MaskKind,
): (value: number) => number {
  if (kind !== 'colour' || picture.kind === 'colour') return (value) => value
  const { palette } = picture
  if (picture.kind === 'grey' || !palette) return asColour
  return (value) => Number.parseInt((palette[value] ?? '#000000').slice(1), 16)
}

/** Pixels of each value of a picture. */
export function countValues({ values }: MaskPicture): Map<number, number> {
  const counts = new Map<number, number>()
  let before = -1
  let run = 0
  const note = () => run > 0 && counts.set(before, (counts.get(before) ?? 0) + run)
  for (const value of values) {
    if (value !== before) {
      note()
      before = value
      run = 0
    }
    run++
  }
  note()
  return counts
}

/** The kind of a set of masks: colours win over greys; indices count only where all masks have them. */
function kindOf(kinds: ReadonlySet<MaskKind>): MaskKind {
  const [only] = kinds
  if (kinds.size === 1 && only) return only
  return kinds.has('colour') ? 'colour' : 'grey'
}

/**
 * Looks through all masks, one at a time; those that cannot be read are passed over here, and named
 * when they are read.
 */
export async function surveyMasks(
  files: readonly string[],
  signal: AbortSignal | undefined,
): Promise<MaskSurvey> {
  const sums = new Map<MaskKind, Map<number, number>>()
  let white = 255
  let palette: readonly string[] | null = null
  for (const file of files) {
    throwIfCancelled(signal, 'reading masks')
    const picture = await readMaskPicture(file).catch(() => null)
    if (!picture) continue
    white = Math.max(white, picture.white)
    palette ??= picture.palette
    const sum = sums.get(picture.kind) ?? new Map<number, number>()
    sums.set(picture.kind, sum)
    for (const [value, count] of countValues(picture))
      if (sum.size < tooMany) sum.set(value, (sum.get(value) ?? 0) + count)
  }
  return { ...mergeKinds(sums, palette), white, palette }
}

function mergeKinds(
  sums: ReadonlyMap<MaskKind, ReadonlyMap<number, number>>,
  palette: readonly string[] | null,
): Pick<MaskSurvey, 'kind' | 'pixels'> {
  const kind = kindOf(new Set(sums.keys()))
  const pixels = new Map<number, number>()
  for (const [part, counts] of sums) {
    const toSet = toSetValue({ kind: part, palette }, kind)
    for (const [value, count] of counts)
      pixels.set(toSet(value), (pixels.get(toSet(value)) ?? 0) + count)
  }
  return { kind, pixels }
}
