/** @file The few numbers that most readers came for. */
import { count, counted, duration, percent, score } from './format.ts'
import { html, type Markup } from './html.ts'
import { nameText } from './parts.ts'
import { eventSeconds, framesSet, type RegionSummary, type Summary } from './summary.ts'
import type { ReportData } from './types.ts'

function figure(value: string | Markup, label: string | Markup): Markup {
  return html`<div><dt>${label}</dt><dd>${value}</dd></div>`
}

/** The regions that are not groups of others. */
const single = (regions: readonly RegionSummary[]): RegionSummary[] =>
  regions.filter(({ region }) => region.members.length === 0)

const shareMost = (best: RegionSummary, other: RegionSummary): RegionSummary =>
  other.share > best.share ? other : best

function occupancyFigures({ regions, anywhere, frames }: Summary): Markup[] {
  const [first, ...rest] = single(regions)
  if (!first) return []
  if (rest.length === 0)
    return [figure(percent(first.share), html`of frames with somebody at ${nameText(first.name)}`)]
  const busiest = rest.reduce(shareMost, first)
  const share = frames > 0 ? framesSet(anywhere) / frames : 0
  return [
    figure(percent(share), `of frames with somebody in one of ${rest.length + 1} regions`),
    figure(percent(busiest.share), html`in the busiest of them, ${nameText(busiest.name)}`),
  ]
}

function visitFigure({ regions, axis }: Summary): Markup {
  const visits = single(regions).flatMap(({ name, region }) =>
    region.events.map((event) => ({ name, seconds: eventSeconds(axis, event) })),
  )
  const [first, ...rest] = visits
  if (!first) return figure('0', 'visits')
  const longest = rest.reduce((best, other) => (other.seconds > best.seconds ? other : best), first)
  return figure(
    count(visits.length),
    html`${visits.length === 1 ? 'visit' : 'visits'}, the longest ${duration(longest.seconds)} at ${nameText(longest.name)}`,
  )
}

/** Headline numbers; agreement with truth among them where it is known. */
export function figures({ truth }: ReportData, summary: Summary): Markup {
  const agreement = truth && [
    figure(
      score(truth.occupancy.f1),
      `F1 against truth in ${counted(truth.positions.length, 'frame')}`,
    ),
  ]
  return html`<dl class="figures">${occupancyFigures(summary)}${visitFigure(summary)}${agreement ?? []}</dl>`
}
