/** @file Occupied frames, however many, as a strip of a few hundred bars over time. */
import { html, type Markup } from './html.ts'
import type { TimeAxis } from './time-axis.ts'

/** Bars of a strip: about two pixels each on a large screen. */
export const stripBins = 600

/** Height of a strip in units of its own, and steps of a bar's height. */
const stripHeight = 24
/** A bar is at least so high, so that a single occupied frame in an hour is seen. */
const lowestBar = 3

/**
 * For each bin of the axis, the share of its measured time for which `flags` is set, and NaN where
 * nothing was measured.
 */
export function binShares(
  axis: TimeAxis,
  flags: ArrayLike<number>,
  bins: number = stripBins,
): Float64Array {
  const measured = new Float64Array(bins)
  const flagged = new Float64Array(bins)
  const scale = bins / (axis.end - axis.start)
  for (let position = 0; position < axis.from.length; position++) {
    const from = ((axis.from[position] ?? 0) - axis.start) * scale
    const to = ((axis.to[position] ?? 0) - axis.start) * scale
    for (let bin = Math.floor(from); bin < Math.min(to, bins); bin++) {
      const overlap = Math.min(to, bin + 1) - Math.max(from, bin)
      measured[bin] = (measured[bin] ?? 0) + overlap
      if (flags[position]) flagged[bin] = (flagged[bin] ?? 0) + overlap
    }
  }
  const negligible = 1e-9
  return measured.map((time, bin) =>
    time > negligible ? Math.min(1, (flagged[bin] ?? 0) / time) : Number.NaN,
  )
}

/** Height of the bar of each bin, in whole units; `full` for a share of 1. */
function barHeights(shares: Float64Array, full: number): Uint8Array {
  return Uint8Array.from(shares, (share) =>
    share > 0 ? Math.max(lowestBar, Math.round(share * full)) : 0,
  )
}

/** Where the bars of a path stand, and whether they rise from there or hang. */
interface Base {
  y: number
  direction: 'up' | 'down'
}

/** One path of rectangles: neighbours of equal height are one; height 0 draws nothing. */
function barPath(heights: ArrayLike<number>, { y, direction }: Base): string {
  const sign = direction === 'up' ? -1 : 1
  let path = ''
  for (let first = 0; first < heights.length; ) {
    let end = first + 1
    while (end < heights.length && heights[end] === heights[first]) end++
    const height = sign * (heights[first] ?? 0)
    if (height !== 0) path += `M${first} ${y}v${height}h${end - first}v${-height}z`
    first = end
  }
  return path
}

const floor: Base = { y: stripHeight, direction: 'up' }
/** Up to so many frames, each stretch is drawn from its begin to its end; beyond, bins are. */
const mostExactFrames = 2 * stripBins

/** Whether the bars of this axis are bins of many frames, whose height says how many are set. */
export function isBinned({ from }: TimeAxis): boolean {
  return from.length > mostExactFrames
}

/** Every stretch of set frames as a bar of full height, at least one unit wide. */
function stretchPath({ start, end, from, to }: TimeAxis, flags: ArrayLike<number>): string {
  const scale = stripBins / (end - start)
  const at = (seconds: number) => (seconds - start) * scale
  let path = ''
  for (let first = 0; first < from.length; first++) {
    if (!flags[first]) continue
    let last = first
    while (flags[last + 1] && from[last + 1] === to[last]) last++
    const x = at(from[first] ?? 0)
    const width = Math.max(1, at(to[last] ?? 0) - x)
    path += `M${x.toFixed(2)} 0h${width.toFixed(2)}v${stripHeight}h-${width.toFixed(2)}z`
    first = last
  }
  return path
}

const box = `0 0 ${stripBins} ${stripHeight}`

/** The bars of a strip as an SVG that fills its place; grey where nothing was measured. */
export function bars(axis: TimeAxis, flags: ArrayLike<number>, colour: string): Markup {
  const shares = binShares(axis, flags)
  const gaps = Uint8Array.from(shares, (share) => (Number.isNaN(share) ? stripHeight : 0))
  const path = isBinned(axis)
    ? barPath(barHeights(shares, stripHeight), floor)
    : stretchPath(axis, flags)
  return html`<svg class="bars" viewBox="${box}" preserveAspectRatio="none"><path class="gap" d="${barPath(gaps, floor)}"/><path fill="${colour}" d="${path}"/></svg>`
}

/** Errors as two rows of bars: missed frames rise from the middle, wrongly counted ones hang from it. */
export function errorBars(axis: TimeAxis, missed: Uint8Array, spurious: Uint8Array): Markup {
  const y = stripHeight / 2
  const path = (flags: Uint8Array, direction: Base['direction']) =>
    barPath(barHeights(binShares(axis, flags), y), { y, direction })
  return html`<svg class="bars errors" viewBox="${box}" preserveAspectRatio="none"><path class="middle" d="M0 ${y}h${stripBins}"/><path class="missed" d="${path(missed, 'up')}"/><path class="spurious" d="${path(spurious, 'down')}"/></svg>`
}
