/** @file The elements within an XML root one at a time, so that a large file is never a large tree. */
import { AppError } from '../../shared/errors.ts'
import { parseXml, type XmlElement } from './xml.ts'

/** Comments, CDATA, instructions, closing and opening tags; quoted values may hold `>`. */
const markup =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<\/[^>]*>|<[^\s/>!?](?:[^"'>]|"[^"]*"|'[^']*')*>|</g

const opening = /^<[^\s/>!?]/

function lineOf(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++
  return line
}

function damaged(file: string, text: string, offset: number, why: string): AppError {
  return new AppError(
    'bad-dataset',
    `${file}, line ${lineOf(text, offset)}: ${why}`,
    'Export the file again from the tool that made it.',
  )
}

/** Where the root's own children begin and end. */
function* childRanges(text: string, file: string): Generator<[start: number, end: number]> {
  let depth = 0
  let start = 0
  let roots = 0
  for (const match of text.matchAll(markup)) {
    const [tag] = match
    const end = match.index + tag.length
    if (tag === '<') throw damaged(file, text, match.index, "a tag that is not closed with '>'")
    if (tag.startsWith('</')) {
      depth--
      if (depth < 0) throw damaged(file, text, match.index, `${tag} closes nothing`)
      if (depth === 1) yield [start, end]
    } else if (opening.test(tag)) {
      if (depth === 1) start = match.index
      if (depth === 0 && roots++ > 0)
        throw damaged(file, text, match.index, 'a second root element')
      if (!tag.endsWith('/>')) depth++
      else if (depth === 1) yield [start, end]
    }
  }
  if (roots === 0) throw damaged(file, text, 0, 'no XML element')
  if (depth > 0) throw damaged(file, text, text.length, 'the file ends within an element')
}

/**
 * The children of the root element, in the order of the file, each parsed when it is asked for.
 *
 * @throws AppError `bad-dataset` as `parseXml` does, when the place is reached; lines in errors of a
 * child are counted from the line that is named.
 */
export function* rootChildren(text: string, file: string): Generator<XmlElement> {
  if (/<!DOCTYPE/i.test(text)) parseXml(text, file)
  for (const [start, end] of childRanges(text, file)) {
    const part = text.slice(start, end)
    try {
      yield parseXml(part, file)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      throw damaged(file, text, start, `in the element that begins there: ${error.message}`)
    }
  }
}
