/** @file What the user says about the values in masks: `128=car`, `#ff0000=car`, `255=ignore`. */
import { AppError } from '../../../shared/errors.ts'
import { backgroundIndex, ignoreIndex } from '../../../shared/mask.ts'
import type { SetClass } from '../annotated-set.ts'

export interface MaskWords {
  classes: SetClass[]
  /** Value → position in `classes`, or 255 for ignore. Colours are 0xrrggbb. */
  table: ReadonlyMap<number, number>
  /** Whether the values are colours. */
  hasColours: boolean
}

const form = /^(?:#([0-9a-f]{6})|(\d{1,5}))=(.+)$/i

/**
 * Reads `VALUE=ignore`, `VALUE=background` and `VALUE=CLASS`; classes are numbered as they come.
 * @throws AppError `bad-value` that names the text which is none of these or contradicts another
 */
export function parseMaskWords(texts: readonly string[]): MaskWords {
  const names = ['background']
  const table = new Map<number, number>()
  const kinds = new Set<boolean>()
  for (const text of texts) {
    const [, hex, digits, name = ''] = form.exec(text.trim()) ?? []
    const value = hex === undefined ? Number(digits) : Number.parseInt(hex, 16)
    const known = name.trim() === 'ignore' ? ignoreIndex : names.indexOf(name.trim())
    const target = known === -1 ? names.push(name.trim()) - 1 : known
    kinds.add(hex !== undefined)
    if (!(value >= 0) || (table.get(value) ?? target) !== target || kinds.size > 1)
      throw new AppError(
        'bad-value',
        `--map ${text}: VALUE=NAME was expected, with a grey value or a colour #rrggbb that is not sent elsewhere; not both kinds at once`,
        'Such as --map 255=face, --map "#ff0000=car", --map 170=ignore.',
      )
    table.set(value, target)
  }
  if (!table.has(0)) table.set(0, backgroundIndex)
  const hasColours = kinds.has(true)
  return { classes: names.map((name) => ({ name, colour: null, parent: null })), table, hasColours }
}
