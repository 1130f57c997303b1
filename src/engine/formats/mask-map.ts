/** @file What the user declares about the values in mask files: `170=ignore`, `2=helmet`. */
import { AppError } from '../../shared/errors.ts'
import { backgroundIndex, ignoreIndex, type MaskClass } from '../../shared/mask.ts'

/** Value in the file → class index of the project, or 255 for ignore. */
export type MaskMap = ReadonlyMap<number, number>

function targetOf(name: string, classes: readonly MaskClass[]): number | undefined {
  if (name === 'ignore') return ignoreIndex
  if (name === 'background') return backgroundIndex
  return classes.find((candidate) => candidate.name === name)?.index
}

/**
 * Reads `VALUE=ignore`, `VALUE=background` and `VALUE=CLASS`; VALUE is 0 … 255.
 *
 * @throws AppError `bad-value` that names the text which is none of these, is unknown or contradicts
 * an earlier one.
 */
export function parseMaskMap(texts: readonly string[], classes: readonly MaskClass[]): MaskMap {
  const map = new Map<number, number>()
  for (const text of texts) {
    const [, digits, name = ''] = /^(\d{1,3})=(.+)$/.exec(text.trim()) ?? []
    const value = Number(digits)
    const target = targetOf(name.trim(), classes)
    const contradicts = (map.get(value) ?? target) !== target
    if (!(value <= 255) || target === undefined || contradicts) {
      const names = ['ignore', ...new Set(['background', ...classes.map((each) => each.name)])]
      throw new AppError(
        'bad-value',
        `--map ${text}: ${contradicts ? 'the value is already sent elsewhere' : 'VALUE=NAME was expected, with a value of 0 to 255 and a known name'}`,
        `Known names are ${names.join(', ')}.`,
      )
    }
    map.set(value, target)
  }
  return map
}
