/** @file Occupancy by the hour and by the shift, as tables in which busy cells are darker. */
import { parseStartTime } from '../../shared/count/clock.ts'
import { count, counted, longDate } from './format.ts'
import { html, type Markup } from './html.ts'
import { regionLabel, section } from './parts.ts'
import type { RegionSummary, Summary } from './summary.ts'
import type { ReportPeriod, ReportPeriods } from './types.ts'

/** Steps of darkness; the style sheet has one class for each. */
const heatSteps = 10

/** Tables with more columns fill the page. */
const fewColumns = 8

function cell({ frames, occupied, label }: ReportPeriod, name: string, index: number): Markup {
  if (frames === 0) return html`<td class="none">–</td>`
  const there = occupied[index] ?? 0
  const share = there / frames
  const heat = share > 0 ? Math.max(1, Math.round(share * heatSteps)) : 0
  const hint = `${name}, ${label}: ${count(there)} of ${counted(frames, 'frame')}`
  return html`<td class="heat${heat}" title="${hint}">${Math.round(share * 100)}</td>`
}

function table(
  day: string,
  unit: string,
  periods: readonly ReportPeriod[],
  regions: readonly RegionSummary[],
): Markup {
  const date = longDate(parseStartTime(`${day}T00:00`).startMs)
  const width = periods.length > fewColumns ? 'wide' : 'compact'
  const rows = regions.map(
    (region, index) =>
      html`<tr><th scope="row">${regionLabel(region)}</th>${periods.map((period) => cell(period, region.name, index))}</tr>`,
  )
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Per ${unit}, ${date}"><table class="heat ${width}"><caption>${date}</caption>
<thead><tr><th scope="col"><span class="hidden">Region</span></th>${periods.map(({ label }) => html`<th scope="col">${label}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div>`
}

/** One table a day for each unit of time there is; null where clock time is unknown. */
export function periodsSection(
  units: readonly ReportPeriods[],
  { regions }: Summary,
): Markup | null {
  if (units.length === 0) return null
  const tables = units.flatMap(({ unit, periods }) => {
    const days = [...new Set(periods.map(({ day }) => day))]
    const ofDay = (day: string) => periods.filter((period) => period.day === day)
    return [html`<h3>Per ${unit}</h3>`, ...days.map((day) => table(day, unit, ofDay(day), regions))]
  })
  return section(
    'periods',
    `Per ${units.map(({ unit }) => unit).join(' and per ')}`,
    'Percent of the frames of each stretch of clock time in which somebody is there.',
    html`${tables}`,
  )
}
