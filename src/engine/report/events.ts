/** @file Every visit, the longest of each region with a picture. */
import { clockDate, count, counted, duration } from './format.ts'
import { html, type Markup } from './html.ts'
import { regionLabel, section } from './parts.ts'
import { eventSeconds, eventTimes, type RegionSummary, type Summary } from './summary.ts'
import { thumbnailImage } from './thumbnails.ts'
import { spansDays, type TimeAxis, timeText } from './time-axis.ts'
import type { PeopleInPictures, ReportData, ReportEvent } from './types.ts'

/** Rows of one region's table; the CSV export has them all. */
const mostRows = 200

/** Begin of an event as people say it, with the day where there are several. */
function beginText(axis: TimeAxis, seconds: number): string {
  const day =
    axis.clock !== null && spansDays(axis) ? `${clockDate(axis.clock + seconds * 1000)} ` : ''
  return `${day}${timeText(axis, seconds)}`
}

function card(event: ReportEvent, region: RegionSummary, axis: TimeAxis): Markup | null {
  if (!event.thumbnail) return null
  const begin = beginText(axis, eventTimes(axis, event)[0])
  const picture = thumbnailImage(event.thumbnail, region.colour, `${region.name} at ${begin}`)
  return html`<li><figure>${picture}<figcaption><span>${begin}</span> <span>${duration(eventSeconds(axis, event))}</span></figcaption></figure></li>`
}

function tableRow(event: ReportEvent, { measured }: ReportData, axis: TimeAxis): Markup {
  const [from, to] = eventTimes(axis, event)
  const frame = (position: number) => String(measured.frames[position] ?? '')
  return html`<tr><td>${beginText(axis, from)}</td><td>${beginText(axis, to)}</td><td>${duration(to - from)}</td><td>${frame(event.first)} – ${frame(event.last)}</td></tr>`
}

function eventTable(events: readonly ReportEvent[], data: ReportData, axis: TimeAxis): Markup {
  const rows = events.slice(0, mostRows)
  const rest = events.length - rows.length
  const more =
    rest > 0 ? html`<p class="note">and ${count(rest)} more, which the CSV export lists.</p>` : null
  return html`<details><summary>${events.length === 1 ? 'The visit' : `All ${count(events.length)} visits`} as a table</summary><div class="scroll" tabindex="0" role="region" aria-label="Visits"><table class="plain"><thead><tr><th scope="col">Begin</th><th scope="col">End</th><th scope="col">Duration</th><th scope="col">Frames</th></tr></thead><tbody>${rows.map((event) => tableRow(event, data, axis))}</tbody></table></div>${more}</details>`
}

function regionEvents(region: RegionSummary, data: ReportData, axis: TimeAxis): Markup {
  const { events } = region.region
  if (events.length === 0)
    return html`<article><h3>${regionLabel(region)}<small>no visits</small></h3></article>`
  const cards = events.flatMap((event) => card(event, region, axis) ?? [])
  const shown =
    cards.length > 0 && cards.length < events.length ? `, the ${cards.length} longest shown` : ''
  return html`<article><h3>${regionLabel(region)}<small>${counted(events.length, 'visit')}${shown}</small></h3>
${cards.length > 0 ? html`<ol class="cards">${cards}</ol>` : null}
${eventTable(events, data, axis)}</article>`
}

const pictureNotes: Record<PeopleInPictures, string> = {
  shown: '',
  blurred: ' People are blurred where the network sees them; whom it misses is not hidden.',
  pixelated: ' People are pixelated where the network sees them; whom it misses is not hidden.',
  'left-out': ' Pictures were left out on request.',
}

export function eventsSection(data: ReportData, { regions, axis }: Summary): Markup {
  return section(
    'visits',
    'Visits',
    `A visit is an unbroken stretch of occupied frames.${pictureNotes[data.people]}`,
    html`${regions.map((region) => regionEvents(region, data, axis))}`,
  )
}
