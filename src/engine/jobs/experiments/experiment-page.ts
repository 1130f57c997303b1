/** @file Experiments as one HTML file: the table, and their curves over each other. */
import type { ExperimentWithCurves } from '../../../shared/contract/experiments.ts'
import { html, type Markup, Markup as Text } from '../../report/html.ts'
import { reportStyle } from '../../report/style.ts'
import {
  bestRows,
  type DifferenceTable,
  type ExperimentTable,
  experimentTable,
  splitTable,
} from './experiment-table.ts'
import { cellText } from './experiment-texts.ts'

const [width, height, margin] = [960, 320, 48]

/** Distinct for people who do not tell red from green, too (Okabe and Ito). */
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#7f7f7f']

interface Line {
  name: string
  colour: string
  /** Of the training loss, and of the validation loss. */
  train: [number, number][]
  validation: [number, number][]
  best: [number, number] | null
}

function linesOf(experiments: readonly ExperimentWithCurves[]): Line[] {
  const runs = experiments.flatMap((one) => one.runs.map((run) => ({ one, run })))
  return runs.map(({ one, run }, i) => {
    const curve = run.stages.flatMap((stage) => stage.curve)
    return {
      name:
        one.runs.length > 1 ? `${one.id} ${one.name}, seed ${run.seed}` : `${one.id} ${one.name}`,
      colour: colours[i % colours.length] ?? '#000000',
      train: curve.map(({ at, trainLoss }) => [at, trainLoss]),
      validation: curve.map(({ at, validationLoss }) => [at, validationLoss]),
      best: run.best && [run.best.at, run.best.validationLoss],
    }
  })
}

/** Losses over epochs on a logarithmic scale, training dashed, the best epoch a dot. */
function chart(lines: readonly Line[]): Markup {
  const points = lines.flatMap(({ train, validation }) => [...train, ...validation])
  if (points.length === 0) return html`<p class="note">No epoch is done yet.</p>`
  const losses = points.map(([, loss]) => Math.log10(Math.max(loss, 1e-6)))
  const [low, high] = [Math.min(...losses), Math.max(...losses)]
  const last = Math.max(2, ...points.map(([at]) => at))
  const x = (at: number) => margin + ((at - 1) / (last - 1)) * (width - 2 * margin)
  const y = (loss: number) => {
    const share = (Math.log10(Math.max(loss, 1e-6)) - low) / (high - low || 1)
    return height - margin - share * (height - 2 * margin)
  }
  const path = (line: readonly [number, number][]) =>
    line.map(([at, loss]) => `${x(at).toFixed(1)},${y(loss).toFixed(1)}`).join(' ')
  const drawn = lines.map(
    ({
      colour,
      train,
      validation,
      best,
    }) => html`<g fill="none" stroke="${colour}" stroke-width="2">
<polyline points="${path(train)}" stroke-dasharray="3 4" stroke-width="1.2"/>
<polyline points="${path(validation)}"/>
${best && html`<circle cx="${x(best[0])}" cy="${y(best[1])}" r="5" fill="${colour}"/>`}</g>`,
  )
  const ends = [low, high].map(
    (power) =>
      html`<text x="${margin - 6}" y="${y(10 ** power) + 4}" text-anchor="end">${(10 ** power).toPrecision(3)}</text>`,
  )
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="Losses over epochs"
 font-size="12" fill="currentColor">${drawn}${ends}
<text x="${margin}" y="${height - 16}">epoch 1</text>
<text x="${width - margin}" y="${height - 16}" text-anchor="end">epoch ${last}</text></svg>
<p class="legend">${lines.map(({ name, colour }) => html`<span style="color: ${colour}">■</span> ${name} &#160; `)}</p>
<p class="note">Solid: validation loss, a dot at its smallest. Dashed: training loss. Logarithmic.</p>`
}

const inScroll = (head: readonly Markup[], rows: readonly Markup[]): Markup =>
  html`<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div>`

function resultsOf(table: ExperimentTable): Markup {
  const best = table.columns.map((_, column) => new Set(bestRows(table, column)))
  const head = table.columns.map(({ title }) => html`<th>${title}</th>`)
  const rows = table.rows.map((row, at) => {
    const cells = row.map((cell, column) => {
      const text = cellText(cell)
      return best[column]?.has(at) ? html`<td><b>${text}</b></td>` : html`<td>${text}</td>`
    })
    return html`<tr>${cells}</tr>`
  })
  return inScroll(head, rows)
}

/** The values that are not those of the first experiment are shaded. */
function differencesOf({ experiments, settings }: DifferenceTable): Markup {
  if (settings.length === 0) return html`<p class="note">In none of their settings.</p>`
  const names = experiments.map(({ id, name }) => html`<th>${id} ${name}</th>`)
  const rows = settings.map(({ title, values }) => {
    const cells = values.map((value) =>
      value === values[0]
        ? html`<td>${cellText(value)}</td>`
        : html`<td class="differs">${cellText(value)}</td>`,
    )
    return html`<tr><td>${title.replace('≠ ', '')}</td>${cells}</tr>`
  })
  return inScroll([html`<th>setting</th>`, ...names], rows)
}

const ownStyle = `
table { border-collapse: collapse; font-size: 0.875rem; }
th, td { padding: 0.35rem 0.7rem; border-bottom: 1px solid var(--line); text-align: left; white-space: nowrap; }
.differs { background: var(--track); }`

/** A page that needs nothing else. */
export function experimentPage(experiments: readonly ExperimentWithCurves[]): string {
  const { results, differences } = splitTable(experimentTable(experiments))
  const page = html`<html lang="en"><head><meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title>Experiments</title><style>${new Text(reportStyle + ownStyle)}</style></head><body>
<header class="masthead"><p class="brand">Maskbench</p><h1>Experiments</h1>
<p>Results are those of the epoch with the smallest validation loss.</p></header>
<section><header><h2>Results</h2></header>${resultsOf(results)}</section>
<section><header><h2>Curves</h2></header>${chart(linesOf(experiments))}</section>
<section><header><h2>Where they differ</h2><p>Shaded: not as in the first.</p></header>${differencesOf(differences)}</section>
</body></html>`
  return `<!doctype html>\n${page.text}\n`
}
