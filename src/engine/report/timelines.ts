/** @file When each region is occupied. */
import { counted, duration, percent } from './format.ts'
import { html, type Markup } from './html.ts'
import { regionLabel, section } from './parts.ts'
import { type Hint, type Strip, strips } from './strips.ts'
import { eventTimes, framesSet, type RegionSummary, type Summary } from './summary.ts'
import { spansDays, type TimeAxis, timeText } from './time-axis.ts'
import { bars, isBinned, stripBins } from './timeline.ts'

/** With more visits than this, one is too narrow to point at. */
const mostHints = 300

function hintsOf({ region }: RegionSummary, axis: TimeAxis): Hint[] {
  if (region.events.length > mostHints) return []
  return region.events.map((event) => {
    const [from, to] = eventTimes(axis, event)
    const text = `${timeText(axis, from)} – ${timeText(axis, to)} (${duration(to - from)})`
    return { from, to, text }
  })
}

function regionStrip(region: RegionSummary, axis: TimeAxis): Strip {
  const visits = counted(region.region.events.length, 'visit')
  return {
    label: regionLabel(region),
    value: percent(region.share),
    description: `${region.name}: occupied in ${percent(region.share)} of the frames, ${visits}`,
    bars: bars(axis, region.region.occupied, region.colour),
    hints: hintsOf(region, axis),
  }
}

function anyStrip({ axis, anywhere, frames }: Summary): Strip {
  const share = percent(frames > 0 ? framesSet(anywhere) / frames : 0)
  return {
    label: html`<span class="region any">Any region</span>`,
    value: share,
    description: `Any region: occupied in ${share} of the frames`,
    bars: bars(axis, anywhere, 'currentColor'),
    hints: [],
  }
}

function lede({ axis }: Summary): string {
  const time = axis.clock === null ? 'Time in the tape' : 'Clock time'
  const binSeconds = (axis.end - axis.start) / stripBins
  const height = isBinned(axis)
    ? ` A bar stands for ${duration(binSeconds)}; the longer somebody is there, the higher it is.`
    : ''
  const days = spansDays(axis) ? ' The tape runs over more than one day.' : ''
  return `${time} runs to the right; a bar is drawn where somebody is in the region.${height}${days}`
}

export function timelineSection(summary: Summary): Markup {
  const { regions, axis } = summary
  const rows = regions.map((region) => regionStrip(region, axis))
  if (regions.length > 1) rows.unshift(anyStrip(summary))
  return section('timelines', 'When', lede(summary), strips(rows, axis))
}
