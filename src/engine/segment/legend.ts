/** @file The picture that says which colour stands for which class. */
import type { MaskClass } from '../../shared/mask.ts'
import { html } from '../report/html.ts'

const row = { height: 22, swatch: 14, left: 10 }
/** Of a letter, on average; what is a little too wide does no harm. */
const letterWidth = 8
const rowsOfColumn = 11

/**
 * An SVG with a swatch and a name for each class, in columns. As text it needs no font of ours: whoever
 * shows it has one.
 */
export function legendSvg(classes: readonly MaskClass[]): string {
  const longest = Math.max(...classes.map(({ name }) => name.length))
  const columnWidth = row.left + row.swatch + 8 + letterWidth * longest + 12
  const columns = Math.max(1, Math.ceil(classes.length / rowsOfColumn))
  const rows = Math.min(classes.length, rowsOfColumn)
  const width = columns * columnWidth
  const height = rows * row.height + 12
  const entries = classes.map(({ name, colour }, place) => {
    const x = Math.floor(place / rowsOfColumn) * columnWidth + row.left
    const y = (place % rowsOfColumn) * row.height + 6
    return html`
<rect x="${x}" y="${y + 4}" width="${row.swatch}" height="${row.swatch}" fill="${colour}" stroke="#888888"/>
<text x="${x + row.swatch + 8}" y="${y + 16}">${name}</text>`
  })
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<rect width="${width}" height="${height}" fill="#ffffff"/>
<g font-family="system-ui, sans-serif" font-size="14" fill="#1c1e20">${entries}
</g>
</svg>
`.text
}
