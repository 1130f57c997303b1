/** @file Which of two media types a caller wants, https://www.rfc-editor.org/rfc/rfc9110#name-accept */
import { answerTypes } from './messages.ts'

export type AnswerType = (typeof answerTypes)[number]

interface Range {
  type: string
  quality: number
}

function rangesOf(header: string): Range[] {
  return header.split(',').map((text) => {
    const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
    const quality = parameters.find((part) => part.startsWith('q='))
    const value = quality === undefined ? 1 : Number(quality.slice(2))
    return { type, quality: value >= 0 && value <= 1 ? value : 0 }
  })
}

/** How much a type is wanted: the most specific range that it lies in says so. */
function qualityOf(type: string, ranges: readonly Range[]): number {
  const wider = [type, `${type.split('/', 1)[0]}/*`, '*/*']
  for (const name of wider) {
    const range = ranges.find((each) => each.type === name)
    if (range) return range.quality
  }
  return 0
}

/** The type that is wanted most, of equal ones the first; null where none is. */
export function acceptedType(header: string | null): AnswerType | null {
  const ranges = rangesOf(header ?? '*/*')
  const wanted = answerTypes
    .map((type) => ({ type, quality: qualityOf(type, ranges) }))
    .filter(({ quality }) => quality > 0)
  const [first, ...rest] = wanted
  if (!first) return null
  return rest.reduce((best, each) => (each.quality > best.quality ? each : best), first).type
}
