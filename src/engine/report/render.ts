/** @file The report as one HTML file that needs nothing else: no network, no script, no font. */
import { createHash } from 'node:crypto'
import { eventsSection } from './events.ts'
import { figures } from './figures.ts'
import { clockDate, clockTime, counted, duration, longDate, tapeTime } from './format.ts'
import { html, Markup } from './html.ts'
import { methodSection } from './method.ts'
import { overviewSection } from './overview.ts'
import { nameText } from './parts.ts'
import { periodsSection } from './periods-table.ts'
import { reportStyle } from './style.ts'
import { type Summary, summarize } from './summary.ts'
import { timelineSection } from './timelines.ts'
import { truthSection } from './truth.ts'
import type { ReportData } from './types.ts'

/** Only this style sheet and pictures inside the file: even a flaw in escaping could load nothing. */
function securityPolicy(style: string): string {
  const hash = createHash('sha256').update(style).digest('base64')
  return `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`
}

/** When the measured frames were taken, as far as it is known. */
function when({ axis }: Summary): string {
  const { clock, start, end } = axis
  if (clock === null) return `${tapeTime(start)} – ${tapeTime(Math.round(end))} of the tape`
  const [from, to] = [clock + start * 1000, clock + end * 1000]
  const isOneDay = clockDate(from) === clockDate(to)
  const last = isOneDay ? clockTime(to) : `${longDate(to)}, ${clockTime(to)}`
  return `${longDate(from)}, ${clockTime(from)} – ${last}`
}

function masthead(data: ReportData, summary: Summary): Markup {
  const { tape, title } = data
  const frames = counted(summary.frames, 'frame')
  return html`<header class="masthead"><p class="brand">Maskbench <span>Occupancy report</span></p><h1>${nameText(title)}</h1><p>${when(summary)}<br/>${nameText(tape.name)} · ${frames} · ${duration(summary.seconds)}</p></header>`
}

/** Renders the report. The result is well-formed as XML too, and every name in it is escaped. */
export function renderReport(data: ReportData): string {
  const summary = summarize(data)
  const body = html`${masthead(data, summary)}
<main>${figures(data, summary)}
${overviewSection(data, summary)}
${timelineSection(summary)}
${periodsSection(data.periods, summary)}
${truthSection(data, summary)}
${eventsSection(data, summary)}
${methodSection(data, summary)}
</main>
<footer>Made with Maskbench ${data.version} on ${data.createdAt}.</footer>`
  return html`<!DOCTYPE html>
<html lang="en"><head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="${securityPolicy(reportStyle)}"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light dark"/>
<title>${data.title} – occupancy report</title>
<style>${new Markup(reportStyle)}</style>
</head><body>
${body}
</body></html>
`.text
}
