/** @file Rows of strips over one time axis: the timelines, and the errors against truth. */
import { html, type Markup } from './html.ts'
import { type Tick, type TimeAxis, ticks } from './time-axis.ts'

/** Ticks of an axis on a large screen; every other one is hidden on a small one. */
const mostTicks = 12

const placed = (share: number): string => `${(share * 100).toFixed(3)}%`

function tickText({ share, label }: Tick, index: number): Markup {
  const anchor = share < 0.03 ? 'start' : share > 0.97 ? 'end' : 'middle'
  return html`<text x="${placed(share)}" y="13" text-anchor="${anchor}" class="${index % 2 ? 'minor' : 'major'}">${label}</text>`
}

/** Vertical lines at the ticks, behind the bars of a strip. */
function gridLines(marks: readonly Tick[]): Markup[] {
  return marks.map(
    ({ share }) => html`<line x1="${placed(share)}" x2="${placed(share)}" y1="0" y2="100%"/>`,
  )
}

/** A stretch of time that says something when the pointer rests on it. */
export interface Hint {
  from: number
  to: number
  text: string
}

function hintArea({ from, to, text }: Hint, { start, end }: TimeAxis): Markup {
  const length = end - start
  const width = placed((to - from) / length)
  return html`<rect x="${placed((from - start) / length)}" width="${width}" height="100%"><title>${text}</title></rect>`
}

export interface Strip {
  label: Markup
  /** Stands at the end of the row. */
  value: string
  /** What the strip shows, in a sentence. */
  description: string
  bars: Markup
  hints: readonly Hint[]
}

function row(strip: Strip, axis: TimeAxis, marks: readonly Tick[]): Markup {
  const { label, value, description } = strip
  return html`<li>${label}<strong>${value}</strong><div class="strip" role="img" aria-label="${description}"><svg class="grid" aria-hidden="true">${gridLines(marks)}</svg>${strip.bars}<svg class="hints" aria-hidden="true">${strip.hints.map((hint) => hintArea(hint, axis))}</svg></div></li>`
}

/** Strips one below the other, with the times below them. */
export function strips(rows: readonly Strip[], axis: TimeAxis): Markup {
  const marks = ticks(axis, mostTicks)
  return html`<ol class="strips">${rows.map((strip) => row(strip, axis, marks))}</ol><svg class="axis" aria-hidden="true">${marks.map(tickText)}</svg>`
}
