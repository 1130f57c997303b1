/** @file Networks as discs: how long they take, how good they are, and how large they are. */
import type { ComparedNetwork, Comparison } from '../../shared/contract/compare.ts'
import { regionColour } from '../report/colours.ts'
import { html, type Markup } from '../report/html.ts'

const frame = { width: 760, height: 420, left: 64, right: 24, top: 24, bottom: 56 }
const inner = {
  width: frame.width - frame.left - frame.right,
  height: frame.height - frame.top - frame.bottom,
}
/** Below the axis stand the networks without an accuracy, where no height can be taken for one. */
const strip = { height: 84, radius: 18, row: 22 }
/** Of a disc of a hundred million parameters, in pixels. */
const radiusOf100M = 34

/** From a value to a place, and values to write beside the axis. */
interface Scale {
  at(value: number): number
  ticks: { value: number; label: string }[]
}

/** Whole steps of 1, 2 and 5 times a power of ten between two times, on a logarithmic axis. */
function timeScale(networks: readonly ComparedNetwork[]): Scale {
  const times = networks.map(({ secondsPerImage }) => 1000 * secondsPerImage)
  const low = Math.log10(Math.min(...times) / 2)
  const high = Math.log10(Math.max(...times) * 2)
  const powers = Array.from({ length: Math.ceil(high) - Math.floor(low) + 1 }, (_, i) =>
    [1, 2, 5].map((step) => step * 10 ** (Math.floor(low) + i)),
  ).flat()
  const ticks = powers.filter((value) => Math.log10(value) >= low && Math.log10(value) <= high)
  return {
    at: (ms) => frame.left + ((Math.log10(ms) - low) / (high - low)) * inner.width,
    ticks: ticks.map((value) => ({ value, label: String(Number(value.toPrecision(1))) })),
  }
}

/** From zero, or from a round share just below the lowest, to one just above the highest. */
function accuracyScale(networks: readonly ComparedNetwork[]): Scale {
  const found = networks.flatMap(({ accuracy }) => accuracy?.meanIou ?? [])
  const low = Math.max(0, Math.floor(Math.min(1, ...found) * 10 - 0.5) / 10)
  const high = Math.min(1, Math.ceil(Math.max(low + 0.1, ...found) * 10 + 0.2) / 10)
  const steps = Math.max(1, Math.round((high - low) * 10))
  return {
    at: (share) => frame.top + (1 - (share - low) / (high - low)) * inner.height,
    ticks: Array.from({ length: steps + 1 }, (_, i) => {
      const value = low + i / 10
      return { value, label: value.toFixed(1) }
    }),
  }
}

/** A place in the picture, to a tenth of a pixel. */
const px = (value: number): string => value.toFixed(1)

function line(x1: number, y1: number, x2: number, y2: number): Markup {
  return html`<line x1="${px(x1)}" y1="${px(y1)}" x2="${px(x2)}" y2="${px(y2)}" stroke="#dddddd"/>`
}

function axes(x: Scale, y: Scale, hasAccuracy: boolean, below: number): Markup {
  const right = frame.left + inner.width
  const bottom = frame.top + inner.height + below
  const middle = { x: frame.left + inner.width / 2, y: frame.top + inner.height / 2 }
  const unknown = html`
<rect x="${frame.left}" y="${frame.top + inner.height}" width="${inner.width}" height="${below}" fill="#f1efe9"/><text x="${frame.left - 8}" y="${frame.top + inner.height + below / 2}" text-anchor="end">unknown</text>`
  const across = x.ticks.map(
    ({ value, label }) => html`
${line(x.at(value), frame.top, x.at(value), bottom)}<text x="${px(x.at(value))}" y="${bottom + 18}" text-anchor="middle">${label}</text>`,
  )
  const up = (hasAccuracy ? y.ticks : []).map(
    ({ value, label }) => html`
${line(frame.left, y.at(value), right, y.at(value))}<text x="${frame.left - 8}" y="${px(y.at(value) + 4)}" text-anchor="end">${label}</text>`,
  )
  return html`<g fill="#555555">${below > 0 ? unknown : null}${across}${up}
<text x="${middle.x}" y="${frame.height + below - 10}" text-anchor="middle">milliseconds per picture; the area of a disc is the number of parameters</text>
<text x="16" y="${middle.y}" text-anchor="middle" transform="rotate(-90 16 ${middle.y})">mean IoU</text></g>`
}

function disc(network: ComparedNetwork, place: number, x: Scale, y: Scale): Markup {
  const { id, accuracy, parameters, secondsPerImage } = network
  const iou = accuracy?.meanIou ?? null
  const largest = iou === null ? strip.radius : Number.POSITIVE_INFINITY
  const radius = Math.min(largest, Math.max(4, radiusOf100M * Math.sqrt(parameters / 1e8)))
  const unknownAt = frame.top + inner.height + strip.row * (1 + (place % 3))
  const [cx, cy] = [x.at(1000 * secondsPerImage), iou === null ? unknownAt : y.at(iou)]
  const colour = regionColour(null, place)
  const isRight = cx > frame.left + inner.width * 0.6
  const [side, anchor] = isRight ? [-1, 'end'] : [1, 'start']
  return html`
<circle cx="${px(cx)}" cy="${px(cy)}" r="${px(radius)}" stroke="${colour}" stroke-width="2" fill="${iou === null ? 'none' : colour}" fill-opacity="0.3" stroke-dasharray="${iou === null ? '4 3' : 'none'}"/>
<text x="${px(cx + side * (radius + 6))}" y="${px(cy + 4)}" text-anchor="${anchor}">${id}</text>`
}

/** An SVG that stands for itself, or in a page. Networks without an accuracy stand below the axis. */
export function comparisonPlot({ networks }: Comparison): Markup {
  const x = timeScale(networks)
  const y = accuracyScale(networks)
  const known = networks.filter(({ accuracy }) => (accuracy?.meanIou ?? null) !== null)
  const below = known.length < networks.length ? strip.height : 0
  const height = frame.height + below
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${frame.width} ${height}" width="${frame.width}" height="${height}" role="img" aria-label="Mean IoU over milliseconds per picture" font-family="system-ui, sans-serif" font-size="12">
<rect width="${frame.width}" height="${height}" fill="#ffffff"/>
${axes(x, y, known.length > 0, below)}
<g fill="#1c1e20">${networks.map((network, place) => disc(network, place, x, y))}</g>
</svg>
`
}
