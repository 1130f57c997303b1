/** @file What the values in a set of masks mean, by what is said of them or by what they are. */
import { AppError } from '../../../shared/errors.ts'
import { backgroundIndex, ignoreIndex, maximumClassIndex } from '../../../shared/mask.ts'
import type { SetClass } from '../annotated-set.ts'
import type { MaskMarker } from '../mask-marker.ts'
import { colourText } from '../voc/voc-classes.ts'
import type { ClassList } from './class-list.ts'
import type { MaskKind } from './mask-picture.ts'
import type { MaskSurvey } from './mask-survey.ts'
import type { MaskWords } from './mask-words.ts'

export interface MaskMeaning {
  kind: MaskKind
  classes: readonly SetClass[]
  /** Value → position in `classes`, or 255 for ignore. */
  table: ReadonlyMap<number, number>
  /** Levels from here on are class 1, lower ones background, whatever the table says; null = no. */
  threshold: number | null
}

const background: SetClass = { name: 'background', colour: null, parent: null }

/** Masks whose table of classes lies beside them. */
export function meaningOfList({ kind, classes, byColour, byIndex }: ClassList): MaskMeaning {
  return { kind, classes, table: kind === 'colour' ? byColour : byIndex, threshold: null }
}

/** Masks of our own; `palette` has the colours of their classes. */
export function meaningOfMarker(
  marker: MaskMarker,
  palette: readonly string[] | null,
): MaskMeaning {
  const sorted = [...marker.classes].sort((a, b) => a.index - b.index)
  const classes = sorted.map(({ index, name }) => ({
    ...{ name, parent: null },
    colour: palette?.[index] ?? null,
  }))
  const table = new Map(sorted.map(({ index }, i) => [index, i]))
  return { kind: 'index', classes, table: table.set(ignoreIndex, ignoreIndex), threshold: null }
}

/** Masks whose values the user has declared. */
export function meaningOfWords({ classes, table, hasColours }: MaskWords): MaskMeaning {
  return { kind: hasColours ? 'colour' : 'grey', classes, table, threshold: null }
}

/** Two classes parted at a level. */
export function meaningOfThreshold(level: number, name = 'foreground'): MaskMeaning {
  const classes = [background, { ...background, name }]
  return { kind: 'grey', classes, table: new Map(), threshold: level }
}

/** A class for each of these values, in their order; 0 is the background. */
function classEach(
  values: readonly number[],
  kind: MaskKind,
  classOf: (value: number) => SetClass,
): MaskMeaning {
  const others = values.filter((value) => value !== 0)
  if (others.length > maximumClassIndex)
    throw new AppError(
      'bad-dataset',
      `the masks hold ${others.length + 1} ${kind === 'colour' ? 'colours' : 'values'}; at most ${maximumClassIndex + 1} were expected`,
      'If their edges are soft, save them without; otherwise send values to classes with --map.',
    )
  const classes = [{ ...classOf(0), name: 'background' }, ...others.map(classOf)]
  const table = new Map(others.map((value, i) => [value, i + 1]))
  return { kind, classes, table: table.set(0, backgroundIndex), threshold: null }
}

const listed = (pixels: ReadonlyMap<number, number>): string => {
  const entries = [...pixels].sort(([a], [b]) => a - b)
  const texts = entries.slice(0, 20).map(([value, count]) => `${value} (${count} px)`)
  return texts.join(', ') + (entries.length > texts.length ? ', …' : '')
}

/**
 * Whether greys are two classes with soft edges: many levels, nearly all pixels near black or white,
 * and of those that are not black most are white. A set of many classes is not like that.
 */
function isSoft({ pixels, white }: MaskSurvey): boolean {
  let [black, high, all] = [0, 0, 0]
  for (const [level, count] of pixels) {
    all += count
    if (level <= white / 8) black += count
    if (level >= (white * 7) / 8) high += count
  }
  return pixels.size > 8 && high > 0 && black + high >= 0.8 * all && high >= 0.5 * (all - black)
}

function meaningOfGreys(survey: MaskSurvey): MaskMeaning {
  const { pixels, white } = survey
  const values = [...pixels.keys()].sort((a, b) => a - b)
  if (values.every((value) => value === 0 || value === white) && values.includes(white))
    return meaningOfThreshold(white)
  if (isSoft(survey)) return meaningOfThreshold((white + 1) / 2)
  if (values.includes(255))
    throw new AppError(
      'undeclared-values',
      `the masks hold 255 beside other grey values, which may be a class or "ignore": ${listed(pixels)}`,
      'Send each value to a class with --map VALUE=CLASS, VALUE=background or VALUE=ignore.',
    )
  return classEach(values, 'grey', (value) => ({ ...background, name: `class ${value}` }))
}

/**
 * What values mean of which nothing is said: black and white are two classes, also with soft edges;
 * indices and other greys are a class each, and so are colours, which give them their names.
 * @throws AppError `undeclared-values` where 255 may be a class or "ignore"; `bad-dataset` for more
 * values than there can be classes
 */
export function meaningOfSurvey(survey: MaskSurvey): MaskMeaning {
  const { kind, pixels, palette } = survey
  const values = [...pixels.keys()].sort((a, b) => a - b)
  if (kind === 'grey') return meaningOfGreys(survey)
  if (kind === 'colour')
    return classEach(values, kind, (value) => {
      const colour = colourText(value)
      return { name: colour, colour, parent: null }
    })
  const classes = values.filter((value) => value !== ignoreIndex)
  const colourOf = (value: number) => palette?.[value] ?? null
  const meaning = classEach(classes, kind, (value) => ({
    ...{ name: `class ${value}`, parent: null },
    colour: colourOf(value),
  }))
  return { ...meaning, table: new Map([...meaning.table, [ignoreIndex, ignoreIndex]]) }
}
