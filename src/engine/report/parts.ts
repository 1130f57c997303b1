/** @file Small pieces that several sections use. */
import { html, type Markup } from './html.ts'
import type { RegionSummary } from './summary.ts'

/** A name that users chose: its own direction of writing, whatever stands around it. */
export function nameText(name: string): Markup {
  return html`<bdi>${name}</bdi>`
}

/** The square in a region's colour that stands before its name. */
export function swatch(colour: string): Markup {
  return html`<svg class="swatch" viewBox="0 0 10 10" aria-hidden="true"><rect width="10" height="10" rx="2.5" fill="${colour}"/></svg>`
}

/** A region as every section calls it: colour, number, name. */
export function regionLabel({ number, name, colour }: RegionSummary): Markup {
  return html`<span class="region">${swatch(colour)}<span class="number">${number}</span>${nameText(name)}</span>`
}

/** A section with its heading and a line that says how to read it. */
export function section(id: string, title: string, lede: string | Markup, body: Markup): Markup {
  return html`
<section id="${id}" aria-labelledby="${id}-title">
<header><h2 id="${id}-title">${title}</h2><p>${lede}</p></header>
${body}
</section>`
}
