/** @file The items of a JSON array one at a time, so that a large file is never a large tree. */
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import { parseJson } from './json.ts'

/** Characters by their codes: most of a large file is digits and commas, one look at each. */
const codes = { quote: 34, comma: 44, bracket: 91, bracketEnd: 93, brace: 123, braceEnd: 125 }

/** Index of the quote that closes the text which begins at `start`; the end where none does. */
function textEnd(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let escapes = 0
    while (text[at - 1 - escapes] === '\\') escapes++
    if (escapes % 2 === 0) return at
  }
  return text.length
}

/** Where the items of the outermost array begin and end, as far as brackets and commas tell. */
function* itemRanges(text: string): Generator<[start: number, end: number]> {
  let depth = 0
  let start = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === codes.quote) at = textEnd(text, at)
    else if (code === codes.bracket || code === codes.brace) {
      if (depth++ === 0) start = at + 1
    } else if (code === codes.bracketEnd || code === codes.braceEnd) {
      if (--depth > 0) continue
      yield [start, at]
      return
    } else if (code === codes.comma && depth === 1) {
      yield [start, at]
      start = at + 1
    }
  }
}

function damaged(text: string, file: string): AppError {
  try {
    parseJson(text, file, z.array(z.unknown()))
  } catch (error) {
    if (error instanceof AppError)
      return new AppError('bad-dataset', error.message, error.hint, { cause: error })
    throw error
  }
  return new AppError('bad-dataset', `${file}: a JSON array was expected`, 'Export it again.')
}

/**
 * The items of a JSON array, each parsed when it is asked for; `file` is what errors call the text.
 *
 * @throws AppError `bad-dataset` with line and column, when the place that is broken is reached
 */
export function* jsonItems(text: string, file: string): Generator<unknown> {
  if (!/^\s*\[/.test(text)) throw damaged(text, file)
  let [items, last] = [0, 0]
  for (const [start, end] of itemRanges(text)) {
    last = end
    const part = text.slice(start, end)
    const isEmptyArray = items++ === 0 && text[end] === ']' && part.trim() === ''
    if (isEmptyArray) break
    let item: unknown
    try {
      item = JSON.parse(part)
    } catch {
      throw damaged(text, file)
    }
    yield item
  }
  if (text.slice(last).trim() !== ']') throw damaged(text, file)
}
