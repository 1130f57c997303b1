/** @file The five entities that XML has by itself, and characters by number (XML 1.0, 4.1 and 4.6). */
import { AppError } from '../../shared/errors.ts'

const named: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

/** Characters that XML 1.0 cannot hold in any way (2.2, "Char"). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const impossible = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/

function character(reference: string): string | undefined {
  const digits = /^#(?:x([\da-fA-F]{1,6})|(\d{1,7}))$/.exec(reference)
  if (!digits) return named.get(reference)
  const code = digits[1] ? Number.parseInt(digits[1], 16) : Number(digits[2])
  return code > 0x10ffff ? undefined : String.fromCodePoint(code)
}

/**
 * `&amp;` and the like become the characters they stand for, once.
 *
 * @throws AppError `bad-dataset` for an entity that XML does not have by itself.
 */
export function decodeEntities(text: string, file: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&([^;&\s]*);?/g, (whole, reference: string) => {
    const found = whole.endsWith(';') ? character(reference) : undefined
    if (found !== undefined) return found
    throw new AppError(
      'bad-dataset',
      `${file}: '${whole.slice(0, 40)}' is not a character of XML; &amp; &lt; &gt; &quot; &apos; and numbers are`,
      "Write '&amp;' where an ampersand is meant.",
    )
  })
}

/**
 * Text as it stands in an element or in double quotes; spaces that a reader would change are written
 * by number.
 *
 * @throws AppError `bad-dataset` for control characters, which XML cannot hold.
 */
export function encodeEntities(text: string): string {
  if (impossible.test(text))
    throw new AppError(
      'bad-dataset',
      `${JSON.stringify(text)} has a control character, which XML cannot hold`,
      'Rename the file or the class.',
    )
  const escapes = new Map([...named].map(([name, value]) => [value, `&${name};`]))
  return text.replace(/[&<>"\t\n\r]/g, (found) => escapes.get(found) ?? `&#${found.charCodeAt(0)};`)
}
