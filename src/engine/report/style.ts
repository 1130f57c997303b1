/**
 * @file The report's style sheet: one column of sections on a quiet ground, light or dark as the
 * reader's system is, and on paper.
 *
 * It stands in the file as it is, and the file is XML too: no `<` and no `&` in here.
 */

const colours = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf7; --raised: #ffffff; --ink: #1c1e20; --soft: #5c6166; --line: #e3e0d8;
  --track: #efece5; --accent: #0b6b73; --missed: #b3261e; --spurious: #8a6100;
  --heat: 11, 107, 115; --heat-ink: #ffffff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #131619; --raised: #1a1e22; --ink: #e9e7e2; --soft: #a0a6ab; --line: #2c3136;
    --track: #23282d; --accent: #5cc4cb; --missed: #ff8a80; --spurious: #e5b94b;
    --heat: 36, 112, 120; --heat-ink: #e9e7e2;
  }
}`

const text = `
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; max-width: 84rem; padding: 0 clamp(1rem, 4vw, 3rem) 3rem;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
}
h1, h2, h3, p, dl, dd, ol, figure, table { margin: 0; padding: 0; }
ol { list-style: none; }
h1 {
  font-size: clamp(1.9rem, 1.2rem + 2.6vw, 3.1rem); line-height: 1.1; font-weight: 650;
  letter-spacing: -0.022em; text-wrap: balance;
}
h2 { font-size: 1.35rem; line-height: 1.25; font-weight: 650; letter-spacing: -0.012em; }
h3 { font-size: 1rem; font-weight: 600; }
h3 small { margin-left: 0.6em; font-size: 0.875rem; font-weight: 400; color: var(--soft); }
code { font: 0.8125rem/1.5 ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace; }
b, strong { font-weight: 600; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.note, .legend { font-size: 0.875rem; color: var(--soft); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 2px; }`

const frame = `
.masthead { padding: clamp(2rem, 6vw, 4.5rem) 0 clamp(1.5rem, 4vw, 2.75rem); }
.masthead p { color: var(--soft); margin-top: 0.75rem; }
.masthead .brand { margin: 0 0 0.9rem; font-size: 0.875rem; font-weight: 650; color: var(--accent); }
.brand span { margin-left: 0.6em; font-weight: 400; color: var(--soft); }
section { margin-top: clamp(2.75rem, 6vw, 4.5rem); }
section > header { padding-top: 0.9rem; border-top: 1px solid var(--ink); margin-bottom: 1.5rem; }
section > header p { margin-top: 0.25rem; max-width: 46rem; font-size: 0.9375rem; color: var(--soft); }
footer { margin-top: 4rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: 0.8125rem; color: var(--soft); }
.scroll { overflow-x: auto; }

.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(11rem, 100%), 1fr)); gap: 1.75rem 2.5rem; }
.figures div { display: flex; flex-direction: column-reverse; justify-content: flex-end; }
.figures dd { font-size: clamp(2.5rem, 1.9rem + 2.4vw, 3.6rem); line-height: 1.05; font-weight: 400; letter-spacing: -0.035em; }
.figures dt { margin-top: 0.5rem; max-width: 16rem; font-size: 0.9375rem; line-height: 1.4; color: var(--soft); }
.figures.small { grid-template-columns: repeat(auto-fit, minmax(7rem, 1fr)); margin-bottom: 2rem; }
.figures.small dd { font-size: 2rem; }
.figures.small dt { margin-top: 0.2rem; }

.region { display: inline-flex; align-items: baseline; gap: 0.5em; min-width: 0; }
.region .number { color: var(--soft); font-weight: 400; }
.swatch { flex: none; width: 0.7em; height: 0.7em; align-self: flex-start; margin-top: 0.4em; }`

const overview = `
.where { display: grid; grid-template-columns: minmax(0, 1.15fr) minmax(0, 1fr); gap: clamp(1.5rem, 4vw, 3.5rem); align-items: start; }
.where.many { grid-template-columns: minmax(0, 1fr) minmax(0, 1.5fr); }
.many .ranking { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 2rem; }
.many .ranking li { border-bottom: 0; border-top: 1px solid var(--line); align-content: start; }
.picture { display: block; width: 100%; height: auto; border-radius: 6px; background: var(--track); }
.picture polygon, .thumbnail polygon { stroke-width: 2.5; stroke-linejoin: round; vector-effect: non-scaling-stroke; }
polygon.casing { fill: none; stroke: #000000; stroke-opacity: 0.4; stroke-width: 5; }
polygon.ignored { fill: url(#hatch); stroke: #ffffff; stroke-dasharray: 5 4; }
#hatch path { stroke: #ffffff; stroke-width: 2; opacity: 0.55; }
.badge circle { fill: #14171a; fill-opacity: 0.86; }
.badge text { fill: #ffffff; text-anchor: middle; font-weight: 600; }
.ranking li { display: grid; grid-template-columns: 1fr auto; gap: 0.35rem 1rem; padding: 0.8rem 0; border-bottom: 1px solid var(--line); }
.ranking li:first-child { padding-top: 0.2rem; }
.many .ranking li:first-child { padding-top: 0.8rem; }
.ranking li:last-child { border-bottom: 0; }
.ranking strong { font-size: 1.125rem; font-weight: 500; line-height: 1.3; }
.share-bar { grid-column: 1 / -1; width: 100%; height: 6px; }
.track { fill: var(--track); }
.facts { grid-column: 1 / -1; font-size: 0.8125rem; color: var(--soft); }`

const time = `
.strips li { display: grid; grid-template-columns: 12rem minmax(0, 1fr) 4.5rem; gap: 0 1.25rem; align-items: center; padding: 3px 0; font-size: 0.9375rem; }
.strips strong { order: 3; text-align: right; font-weight: 500; }
.strip { position: relative; height: 2rem; background: var(--track); border-radius: 3px; overflow: hidden; color: var(--soft); }
.strip svg { position: absolute; inset: 0; width: 100%; height: 100%; }
.bars path { shape-rendering: crispEdges; }
.bars .gap { fill: var(--paper); }
.errors path { stroke-width: 1; vector-effect: non-scaling-stroke; }
.bars .missed { fill: var(--missed); stroke: var(--missed); }
.bars .spurious { fill: var(--spurious); stroke: var(--spurious); }
.bars .middle { stroke: var(--soft); }
.grid line { stroke: var(--paper); stroke-width: 1; shape-rendering: crispEdges; }
.hints rect { fill: transparent; }
.hints rect:hover { fill: var(--ink); fill-opacity: 0.18; }
.axis { display: block; width: calc(100% - 12rem - 4.5rem - 2.5rem); margin-left: 13.25rem; height: 1.25rem; overflow: visible; }
.axis text { fill: var(--soft); font-size: 0.75rem; }
.legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 0.35rem 0 0.9rem; }
.key::before { content: ""; display: inline-block; width: 0.75em; height: 0.75em; margin-right: 0.5em; border-radius: 2px; }
.key.missed::before { background: var(--missed); }
.key.spurious::before { background: var(--spurious); }`

/** One class for each step of darkness; the text turns where the ground is dark enough. */
const heat = Array.from({ length: 11 }, (_, step) => {
  const ink = step >= 9 ? ' color: var(--heat-ink);' : ''
  return `.heat${step} { background: rgba(var(--heat), ${(step * 0.095).toFixed(3)});${ink} }`
}).join('\n')

const tables = `
table { border-collapse: collapse; font-size: 0.875rem; }
th { font-weight: 500; text-align: left; }
th[scope="row"] { position: sticky; left: 0; background: var(--paper); }
caption { text-align: left; padding: 0.75rem 0 0.5rem; color: var(--soft); }
.heat { border-collapse: separate; border-spacing: 2px; }
.heat th[scope="col"] { font-weight: 400; color: var(--soft); font-size: 0.75rem; text-align: center; padding: 0 0.3rem 0.2rem; }
.heat th[scope="row"] { padding: 0.25rem 1rem 0.25rem 0; min-width: 9rem; max-width: 14rem; }
.heat td { min-width: 2.9rem; padding: 0.35rem 0.25rem; text-align: center; border-radius: 3px; }
.heat.wide { width: 100%; table-layout: auto; }
.heat .none { color: var(--soft); }
.plain { min-width: 100%; }
.plain th, .plain td { padding: 0.45rem 1.25rem 0.45rem 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
.plain th[scope="row"] { white-space: normal; min-width: 9rem; }
.plain thead th { font-weight: 400; color: var(--soft); }
.numbers td, .numbers thead th:not(:first-child) { text-align: right; padding-right: 0; padding-left: 1.25rem; }
#truth h3 { margin-top: 2.25rem; }
#periods h3:not(:first-of-type) { margin-top: 2rem; }`

const visits = `
article { padding: 1.25rem 0; border-bottom: 1px solid var(--line); }
article:first-of-type { padding-top: 0; }
article:last-of-type { border-bottom: 0; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(10.5rem, 44%), 1fr)); gap: 1rem; margin-top: 0.9rem; }
.thumbnail { display: block; width: 100%; height: auto; aspect-ratio: 4 / 3; border-radius: 4px; background: var(--track); }
.thumbnail polygon { stroke-width: 2; }
.thumbnail polygon.casing { stroke-width: 4; }
figcaption { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 0.75rem; margin-top: 0.35rem; font-size: 0.8125rem; color: var(--soft); }
figcaption span:first-child { color: var(--ink); }
details { margin-top: 0.9rem; font-size: 0.875rem; }
summary { cursor: pointer; color: var(--accent); width: fit-content; }
details table, .lists { margin-top: 0.6rem; }
.lists dt { margin-top: 0.8rem; }
.lists dd { color: var(--soft); }
.lists code { color: var(--ink); }
.method { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); gap: 2rem 3.5rem; }
.method dl { display: grid; grid-template-columns: 7.5rem minmax(0, 1fr); gap: 0.3rem 1rem; margin-top: 0.6rem; font-size: 0.875rem; }
.method dt { color: var(--soft); }`

const narrow = `
@media (max-width: 48rem) {
  .where, .where.many { grid-template-columns: minmax(0, 1fr); }
  .many .ranking { grid-template-columns: minmax(0, 1fr); }
  .strips li { grid-template-columns: minmax(0, 1fr) auto; gap: 0.2rem 1rem; padding: 0.3rem 0; }
  .strips strong { order: 0; }
  .strip { grid-column: 1 / -1; height: 1.75rem; }
  .axis { width: 100%; margin-left: 0; }
  .axis .minor { display: none; }
  .figures:not(.small) { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1.5rem; }
  .figures.small { grid-template-columns: repeat(auto-fit, minmax(5.5rem, 1fr)); gap: 1.25rem; }
}`

const print = `
@page { margin: 15mm; }
@media print {
  :root {
    --paper: #ffffff; --ink: #000000; --soft: #444444; --line: #cccccc; --track: #eeeeee;
    --accent: #0b6b73; --missed: #b3261e; --spurious: #8a6100; --heat: 11, 107, 115; --heat-ink: #ffffff;
    color-scheme: light;
  }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  .masthead { padding-top: 0; }
  section { margin-top: 2rem; }
  section > header, h3 { break-after: avoid; }
  li, tr, figure, .method > div { break-inside: avoid; }
  .scroll { overflow: visible; }
  .heat td, .heat th { min-width: 0; padding: 0.2rem; font-size: 7.5pt; }
  .heat th[scope="row"] { min-width: 6rem; }
  .plain th, .plain td { white-space: normal; }
  details:not([open]) { display: none; }
}`

export const reportStyle = [
  ...[colours, text, frame, overview, time, heat, tables, visits, narrow, print],
].join('\n')
