/** @file The count against truth: scores, where the errors lie, and what some of them look like. */
import { formatFrameList } from '../../shared/frame-list.ts'
import type { RegionOccupancy } from '../labels/occupancy.ts'
import { count, counted, decimal, score } from './format.ts'
import { html, type Markup } from './html.ts'
import { regionLabel, section } from './parts.ts'
import { type Strip, strips } from './strips.ts'
import type { RegionSummary, Summary } from './summary.ts'
import { thumbnailImage } from './thumbnails.ts'
import { errorBars } from './timeline.ts'
import type { ReportData, ReportDifference, ReportTruth } from './types.ts'

/** A region with its scores and the positions where its count is wrong. */
interface Judged {
  region: RegionSummary
  scores: RegionOccupancy
  missed: ArrayLike<number>
  spurious: ArrayLike<number>
}

function judge(truth: ReportTruth, { regions }: Summary): Judged[] {
  return regions.flatMap((region, index) => {
    const scores = truth.occupancy.rois[index]
    const wrong = truth.differences[index]
    return scores && wrong ? [{ region, scores, ...wrong }] : []
  })
}

function figures({ occupancy, person, positions }: ReportTruth): Markup {
  const entries: [string, number | null][] = [
    ['precision', occupancy.precision],
    ['recall', occupancy.recall],
    ['F1', occupancy.f1],
    ...(person ? ([['person IoU', person.iou]] satisfies [string, number | null][]) : []),
  ]
  const list = entries.map(
    ([label, value]) => html`<div><dt>${label}</dt><dd>${score(value)}</dd></div>`,
  )
  return html`<dl class="figures small">${list}<div><dt>${positions.length === 1 ? 'frame' : 'frames'} with truth</dt><dd>${count(positions.length)}</dd></div></dl>`
}

function tableRow({ region, scores }: Judged): Markup {
  const { tp, fp, fn, tn, precision, recall, f1 } = scores
  const counts = [tp, fp, fn, tn].map((value) => html`<td>${count(value)}</td>`)
  const rates = [precision, recall].map((value) => html`<td>${score(value)}</td>`)
  return html`<tr><th scope="row">${regionLabel(region)}</th>${counts}${rates}<td><b>${score(f1)}</b></td></tr>`
}

function table(judged: readonly Judged[]): Markup {
  const heads = ['right', 'counted wrongly', 'missed', 'rightly empty', 'precision', 'recall', 'F1']
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Agreement per region"><table class="plain numbers"><thead><tr><th scope="col">Region</th>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${judged.map(tableRow)}</tbody></table></div>`
}

function flagsAt(positions: ArrayLike<number>, length: number): Uint8Array {
  const flags = new Uint8Array(length)
  for (let i = 0; i < positions.length; i++) flags[positions[i] ?? 0] = 1
  return flags
}

function errorStrip({ region, missed, spurious, scores }: Judged, summary: Summary): Strip {
  const { axis, frames } = summary
  const wrong = scores.fp + scores.fn
  return {
    label: regionLabel(region),
    value: count(wrong),
    description: `${region.name}: ${count(scores.fn)} missed, ${count(scores.fp)} counted wrongly`,
    bars: errorBars(axis, flagsAt(missed, frames), flagsAt(spurious, frames)),
    hints: [],
  }
}

function frameText(positions: ArrayLike<number>, frames: ArrayLike<number>): string {
  const list = Array.from(positions, (position) => frames[position] ?? 0)
  return list.length === 0 ? 'none' : formatFrameList(list)
}

function lists(judged: readonly Judged[], { measured }: ReportData): Markup {
  const entries = judged.map(
    ({ region, missed, spurious }) =>
      html`<dt>${regionLabel(region)}</dt><dd>missed: <code>${frameText(missed, measured.frames)}</code></dd><dd>counted wrongly: <code>${frameText(spurious, measured.frames)}</code></dd>`,
  )
  return html`<details><summary>The frames that differ, as lists</summary><dl class="lists">${entries}</dl></details>`
}

function example({ region, kind, frame, thumbnail }: ReportDifference, summary: Summary): Markup {
  const colour = summary.regions.find(({ name }) => name === region)?.colour ?? 'currentColor'
  const what = kind === 'missed' ? 'missed' : 'counted wrongly'
  const picture = thumbnailImage(thumbnail, colour, `${region}, frame ${frame}: ${what}`)
  return html`<li><figure>${picture}<figcaption><span>${region}, ${what}</span> <span>frame ${frame}</span></figcaption></figure></li>`
}

export function truthSection(data: ReportData, summary: Summary): Markup | null {
  const { truth } = data
  if (!truth) return null
  const judged = judge(truth, summary)
  const examples = truth.examples.map((each) => example(each, summary))
  return section(
    'truth',
    'Against truth',
    `A region is truly occupied in a frame when the truth holds at least ${counted(truth.truthPixels, 'person pixel')} in it. Mean IoU over all classes: ${truth.meanIou === null ? '–' : decimal(truth.meanIou, 3)}.`,
    html`${figures(truth)}${table(judged)}
<h3>Where the errors lie</h3><p class="legend"><span class="key missed">missed, above the line</span><span class="key spurious">counted wrongly, below it</span></p>
${strips(
  judged.map((each) => errorStrip(each, summary)),
  summary.axis,
)}
${examples.length > 0 ? html`<ol class="cards">${examples}</ol>` : null}${lists(judged, data)}`,
  )
}
