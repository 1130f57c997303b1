/** @file What was measured, with what and how: enough to do it again. */
import { formatFrameList } from '../../shared/frame-list.ts'
import { count, counted, decimal, duration } from './format.ts'
import { html, type Markup } from './html.ts'
import { nameText, section } from './parts.ts'
import type { Summary } from './summary.ts'
import type { ReportData } from './types.ts'

type Entry = [label: string, value: string | Markup]

function definitions(entries: readonly Entry[]): Markup {
  return html`<dl>${entries.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>`
}

function tapeEntries({ tape, measured }: ReportData, { seconds }: Summary): Entry[] {
  return [
    ['file', nameText(tape.name)],
    ['picture', `${tape.width} × ${tape.height} px, ${decimal(tape.framesPerSecond)} frames/s`],
    ['frames in it', count(tape.frames)],
    ['measured', html`${counted(measured.frames.length, 'frame')}, ${duration(seconds)}`],
    ['frame list', html`<code>${shortList(measured.frames)}</code>`],
    ['start', tape.startTime ?? 'clock time unknown'],
    ['SHA-256', html`<code>${tape.sha256}</code>`],
  ]
}

/** Longest frame list that is written out. */
const longestList = 120

function shortList(frames: ArrayLike<number>): string {
  const list = formatFrameList(frames)
  return list.length <= longestList ? list : `${list.slice(0, longestList)} …`
}

function recipeEntries({ recipe }: ReportData): Entry[] {
  const { size, geometryHash, steps } = recipe
  return [
    ...steps,
    ['result', `${size.width} × ${size.height} px`],
    ['hash', html`<code>${geometryHash}</code>`],
  ]
}

function modelEntries({ model }: ReportData): Entry[] {
  return [
    ['name', nameText(model.name)],
    ['id', nameText(model.id)],
    ['input', `${model.input.width} × ${model.input.height} px`],
    ['device', model.device],
    ['licence', nameText(model.licence)],
    ['SHA-256', html`<code>${model.sha256}</code>`],
  ]
}

function ruleEntries({ rule, regions }: ReportData): Entry[] {
  const own = regions.filter(({ threshold }) => threshold !== rule.threshold)
  const others = own.map(({ name, threshold }) => `${name}: ${decimal(threshold)} px`)
  return [
    ['threshold', `more than ${decimal(rule.threshold)} px of person probability`],
    ...(others.length > 0 ? ([['of their own', others.join('; ')]] satisfies Entry[]) : []),
    ['cut', `pixels of probability ${decimal(rule.cut)} and above`],
    ['gaps', rule.leave > 0 ? `of up to ${counted(rule.leave, 'frame')} are filled` : 'are kept'],
    [
      'short visits',
      rule.enter > 1 ? `of under ${counted(rule.enter, 'frame')} are dropped` : 'are kept',
    ],
  ]
}

export function methodSection(data: ReportData, summary: Summary): Markup {
  const groups: [string, Entry[]][] = [
    ['Tape', tapeEntries(data, summary)],
    ['Picture', recipeEntries(data)],
    ['Network', modelEntries(data)],
    ['Rule', ruleEntries(data)],
  ]
  return section(
    'method',
    'How it was measured',
    'A network gives every pixel of the picture a probability of showing a person. A frame counts as occupied for a region when the sum over the region’s pixels exceeds the threshold.',
    html`<div class="method">${groups.map(([title, entries]) => html`<div><h3>${title}</h3>${definitions(entries)}</div>`)}</div>`,
  )
}
