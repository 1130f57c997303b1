/** @file A mask picture as class indices. */
import { AppError } from '../../../shared/errors.ts'
import { type ClassMask, ignoreIndex } from '../../../shared/mask.ts'
import { colourText } from '../voc/voc-classes.ts'
import type { MaskMeaning } from './mask-meaning.ts'
import type { MaskPicture } from './mask-picture.ts'
import { countValues, toSetValue } from './mask-survey.ts'

/** By the names that a file of our own gives its indices, which may be others than the set's. */
function tableOfMarker(picture: MaskPicture, { classes }: MaskMeaning): Map<number, number> | null {
  if (!picture.marker) return null
  const position = new Map(classes.map(({ name }, i) => [name, i]))
  const table = new Map([[ignoreIndex, ignoreIndex]])
  for (const { index, name } of picture.marker.classes) {
    const at = position.get(name)
    if (at !== undefined) table.set(index, at)
  }
  return table
}

function undeclared(values: ReadonlyMap<number, number>, meaning: MaskMeaning): AppError {
  const text = (value: number) => (meaning.kind === 'colour' ? colourText(value) : String(value))
  const list = [...values].sort(([a], [b]) => a - b).slice(0, 10)
  const more = values.size > list.length ? ', …' : ''
  return new AppError(
    'undeclared-values',
    `holds values that no class is declared for: ${list.map(([value, count]) => `${text(value)} (${count} px)`).join(', ')}${more}`,
    'Send each to a class with --map VALUE=CLASS, VALUE=background or VALUE=ignore.',
  )
}

function split({ width, height, values }: MaskPicture, threshold: number): ClassMask {
  return { width, height, data: Uint8Array.from(values, (value) => (value >= threshold ? 1 : 0)) }
}

/**
 * The classes of a mask's pixels.
 * @throws AppError `undeclared-values` that lists values without a meaning; `bad-mask` for colours
 * where greys are parted at a level
 */
export function classMaskOf(picture: MaskPicture, meaning: MaskMeaning): ClassMask {
  if (meaning.threshold !== null && picture.kind === 'colour')
    throw new AppError('bad-mask', 'has colours; the masks of this set are grey', '')
  if (meaning.threshold !== null) return split(picture, meaning.threshold)
  const table = tableOfMarker(picture, meaning) ?? meaning.table
  const toSet = picture.marker ? (value: number) => value : toSetValue(picture, meaning.kind)
  const targets = new Map<number, number>()
  const unknown = new Map<number, number>()
  for (const [value, count] of countValues(picture)) {
    const target = table.get(toSet(value))
    if (target === undefined) unknown.set(toSet(value), count)
    else targets.set(value, target)
  }
  if (unknown.size > 0) throw undeclared(unknown, meaning)
  const { width, height, values } = picture
  const data = new Uint8Array(values.length)
  let [before, target] = [-1, 0]
  for (let pixel = 0; pixel < data.length; pixel++) {
    const value = values[pixel] ?? 0
    if (value !== before) {
      before = value
      target = targets.get(value) ?? 0
    }
    data[pixel] = target
  }
  return { width, height, data }
}
