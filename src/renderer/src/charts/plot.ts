/** @file The one door to uPlot: lines over numbers, in the colours of the theme. */
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { PlotLine } from './plot-line.ts'

/** Values of every line over the same xs; null where a line has no point. */
export interface PlotData {
  xs: readonly number[]
  rows: readonly (readonly (number | null)[])[]
}

export interface PlotOptions {
  /** From … to of the x axis; else as the data reach. */
  xRange: readonly [number, number] | null
  format: (value: number) => string
  /** Told which point the pointer is over; null = it has left. */
  onPoint: (index: number | null) => void
  /** Plots of one name show the place of the pointer together. */
  together: string
}

const axisFont = '12px system-ui, sans-serif'
const valueAxisPx = 52
const shareAxisPx = 36
const gridWidth = 1
const leastSpacePx = 24
/** From one line of the grid to the next over steps or epochs, of which there are no halves. */
const wholeSteps = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000].flatMap((power) => [
  power,
  2 * power,
  5 * power,
])
/** Room above the highest value, as a share of all. */
const headroom = 0.08

function colourOf(name: string, opacity = 1): string {
  const colour = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()
  const alpha = Math.round(255 * opacity).toString(16)
  return opacity < 1 ? `${colour}${alpha.padStart(2, '0')}` : colour
}

function axis(options: uPlot.Axis): uPlot.Axis {
  return {
    stroke: () => colourOf('text-quiet'),
    font: axisFont,
    grid: { stroke: () => colourOf('line'), width: gridWidth },
    ticks: { show: false },
    border: { show: false },
    ...options,
  }
}

function seriesOf({ colour, width, opacity, axis: side, dash, dots }: PlotLine): uPlot.Series {
  const stroke = () => colourOf(colour, opacity)
  const points: uPlot.Series.Points =
    dots === undefined ? { show: false } : { show: true, size: dots, stroke, fill: stroke }
  return {
    ...{ stroke, width, points },
    scale: side ?? 'y',
    spanGaps: true,
    ...(dash && { dash: [...dash] }),
    ...(width === 0 && { paths: () => null }),
  }
}

/** A share's own axis at the right, without lines that would cross those of the other one. */
const shareAxis = (): uPlot.Axis =>
  axis({
    scale: 'share',
    side: 1,
    size: shareAxisPx,
    incrs: [0.1, 0.2, 0.5, 1],
    space: valueSpace,
    grid: { show: false },
    values: (_, splits) => splits.map((split) => split.toFixed(1)),
  })

/** Pixels between two lines of the grid: a few lines in a high plot, at least two in a low one. */
function valueSpace(_: uPlot, __: number, ___: number, ____: number, height: number): number {
  return Math.max(leastSpacePx, height / 6)
}

/** From zero, or below where the values are, to a little above the highest. */
function valueRange(_: uPlot, least: number | null, most: number | null): uPlot.Range.MinMax {
  const low = Math.min(0, least ?? 0)
  const high = most ?? 1
  return [low, high > low ? high + headroom * (high - low) : low + 1]
}

/** A plot in its host, as wide and high as that is. */
export class Plot {
  readonly #plot: uPlot
  readonly #resized: ResizeObserver
  readonly #themed: MutationObserver

  constructor(host: HTMLElement, lines: readonly PlotLine[], options: PlotOptions) {
    const { xRange, format, onPoint, together } = options
    const size = (): { width: number; height: number } => ({
      width: Math.max(1, host.clientWidth),
      height: Math.max(1, host.clientHeight),
    })
    const hasShares = lines.some((line) => line.axis === 'share')
    this.#plot = new uPlot(
      {
        ...size(),
        padding: [8, hasShares ? 0 : 20, 0, 0],
        legend: { show: false },
        cursor: { y: false, drag: { x: false, y: false }, sync: { key: together } },
        scales: {
          x: { time: false, ...(xRange && { range: [xRange[0], xRange[1]] }) },
          y: { range: valueRange },
          share: { range: [0, 1] },
        },
        axes: [
          axis({ size: 28, space: 64, incrs: wholeSteps }),
          axis({ size: valueAxisPx, space: valueSpace, values: (_, splits) => splits.map(format) }),
          ...(hasShares ? [shareAxis()] : []),
        ],
        series: [{}, ...lines.map(seriesOf)],
        hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? null)] },
      },
      [[], ...lines.map(() => [])],
      host,
    )
    this.#resized = new ResizeObserver(() => this.#plot.setSize(size()))
    this.#resized.observe(host)
    this.#themed = new MutationObserver(() => this.#plot.redraw(false, true))
    this.#themed.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  }

  show({ xs, rows }: PlotData): void {
    this.#plot.setData([[...xs], ...rows.map((row) => [...row])])
  }

  dispose(): void {
    this.#resized.disconnect()
    this.#themed.disconnect()
    this.#plot.destroy()
  }
}
