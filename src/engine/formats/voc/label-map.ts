/**
 * @file `labelmap.txt`: classes and colours beside a VOC set whose classes are not the challenge's. CVAT
 * and Datumaro write it, a line a class: `name:red,green,blue:parts:actions`,
 * https://docs.cvat.ai/docs/dataset_management/formats/format-smask
 */
import { AppError } from '../../../shared/errors.ts'
import { colourText, vocColour } from './voc-classes.ts'

export interface Label {
  name: string
  /** 0xrrggbb; null where the line gives none. */
  colour: number | null
}

function badLine(file: string, line: number, why: string): AppError {
  return new AppError(
    'bad-dataset',
    `${file}, line ${line}: ${why}`,
    'A line is NAME:RED,GREEN,BLUE:: with colours of 0 to 255.',
  )
}

function parseColour(text: string, fail: (why: string) => AppError): number | null {
  if (text.trim() === '') return null
  const levels = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  const isLevel = (level: number) => Number.isInteger(level) && level >= 0 && level <= 255
  if (levels.length !== 3 || !levels.every(isLevel))
    throw fail(`${JSON.stringify(text)} is no colour`)
  return levels.reduce((colour, level) => colour * 256 + level, 0)
}

/**
 * Reads a label map in the order of its lines; `file` is what errors call it.
 * @throws AppError `bad-dataset` with the line that is none, or that names a class again
 */
export function parseLabelMap(text: string, file: string): Label[] {
  const labels: Label[] = []
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue
    const fail = (why: string) => badLine(file, index + 1, why)
    const [name = '', colour = ''] = line.split(':').map((part) => part.trim())
    if (name === '') throw fail('a class without a name')
    if (labels.some((label) => label.name === name))
      throw fail(`a second class ${JSON.stringify(name)}`)
    labels.push({ name, colour: parseColour(colour, fail) })
  }
  return labels
}

/**
 * A label map with the colours of VOC.
 * @throws AppError `bad-dataset` for a name that its lines cannot hold
 */
export function formatLabelMap(names: readonly string[]): string {
  const lines = names.map((name, index) => {
    if (/[:\r\n]/.test(name) || name.startsWith('#') || name.trim() !== name || name === '')
      throw new AppError(
        'bad-dataset',
        `the class ${JSON.stringify(name)} cannot be written into labelmap.txt, whose names hold no colon or line break and begin with no # or space`,
        'Rename the class.',
      )
    const channels = [16, 8, 0].map((shift) => (vocColour(index) >> shift) & 255)
    return `${name}:${channels.join(',')}::`
  })
  return `# label:color_rgb:parts:actions\n${lines.join('\n')}\n`
}

/** The colour of a label, `#rrggbb`; null where it is the one that VOC gives every set. */
export function labelColour({ colour }: Label, index: number): string | null {
  return colour === null || colour === vocColour(index) ? null : colourText(colour)
}
