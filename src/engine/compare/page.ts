/** @file A comparison as one HTML file that needs nothing else. */
import { createHash } from 'node:crypto'
import type { Comparison } from '../../shared/contract/compare.ts'
import { regionColour } from '../report/colours.ts'
import { html, Markup } from '../report/html.ts'
import { nameText, section } from '../report/parts.ts'
import { reportStyle } from '../report/style.ts'
import { comparisonPlot } from './plot.ts'
import { classIouText, columns, notes, scoredClasses, subject } from './table.ts'

const ownStyle = `
.plot svg { max-width: 100%; height: auto; border-radius: 6px; margin-bottom: 1.5rem; }
ul { font-size: 0.9375rem; padding-left: 1.25rem; }
.bar { fill-opacity: 0.85; }
td.number { text-align: right; padding-left: 1.25rem; }`

const style = `${reportStyle}${ownStyle}`

const cells = (texts: readonly string[]): Markup[] =>
  texts.map((text, i) =>
    i === 0 ? html`<th scope="row">${text}</th>` : html`<td class="number">${text}</td>`,
  )

const head = (titles: readonly string[]): Markup =>
  html`<thead><tr>${titles.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>`

function overview({ networks }: Comparison): Markup {
  const rows = networks.map(
    (network) => html`<tr>${cells(columns.map(({ cell }) => cell(network)))}</tr>`,
  )
  return html`<div class="scroll"><table class="numbers">${head(columns.map(({ title }) => title))}<tbody>${rows}</tbody></table></div>`
}

/** A bar as long as the share, in the network's colour. */
function bar(share: number | null, place: number): Markup {
  const width = (100 * (share ?? 0)).toFixed(1)
  return html`<svg width="100" height="10" viewBox="0 0 100 10" aria-hidden="true"><rect width="100" height="10" rx="2" class="track"/><rect class="bar" width="${width}" height="10" rx="2" fill="${regionColour(null, place)}"/></svg>`
}

function perClass(comparison: Comparison): Markup | null {
  const { networks } = comparison
  const known = networks
    .map((network, place) => ({ network, place }))
    .filter(({ network }) => network.accuracy !== null)
  const rows = scoredClasses(comparison).map(
    ({ name, at }) =>
      html`<tr><th scope="row">${nameText(name)}</th>${known.map(
        ({ network, place }) =>
          html`<td>${bar(network.accuracy?.classIou[at] ?? null, place)} ${classIouText(network, at)}</td>`,
      )}</tr>`,
  )
  if (rows.length === 0) return null
  const titles = ['class', ...known.map(({ network }) => network.id)]
  const table = html`<div class="scroll"><table class="numbers">${head(titles)}<tbody>${rows}</tbody></table></div>`
  return section('classes', 'Class by class', 'Intersection over union.', table)
}

function policy(): string {
  const hash = createHash('sha256').update(style).digest('base64')
  return `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`
}

const counting =
  'One multiply-add counts as one operation, as in the tables of torchvision; a picture is timed from its pixels to its mask, the median of several; memory is that of the whole process.'

/** Every name in it is escaped, and it loads nothing. */
export function comparisonPage(comparison: Comparison): string {
  const left = notes(comparison).map((note) => html`<li>${note}</li>`)
  const body = html`${html`<div class="plot">${comparisonPlot(comparison)}</div>`}${overview(comparison)}${left.length > 0 ? html`<ul>${left}</ul>` : null}`
  return html`<!DOCTYPE html>
<html lang="en"><head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="${policy()}"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light dark"/>
<title>Networks compared</title>
<style>${new Markup(style)}</style>
</head><body>
<header class="masthead"><p class="brand">Maskbench <span>Comparison</span></p><h1>Networks compared</h1><p>${subject(comparison)}</p></header>
<main>${section('overview', 'Accuracy and cost', counting, body)}${perClass(comparison)}</main>
<footer>Compared on ${comparison.comparedAt.slice(0, 10)}.</footer>
</body></html>
`.text
}
