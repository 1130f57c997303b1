import { type ReactNode, useEffect, useRef, useState } from 'react'
import './Chart.css'
import { Plot, type PlotData } from './plot.ts'
import type { ChartLine, PlotLine } from './plot-line.ts'

interface ChartProps {
  title: string
  /** What the value says, in a few words. */
  about?: ReactNode
  /** What the chart shows, for those who cannot see it. */
  label: string
  lines: readonly ChartLine[]
  data: PlotData
  xRange?: readonly [number, number]
  format: (value: number) => string
  /** What the xs count: `iteration`. */
  unit: string
  /** Charts of one name show the place of the pointer together. */
  together: string
}

/** The value of the line in the foreground at a point, or its last one. */
function reading({ xs, rows }: PlotData, point: number | null): { x: number; y: number } | null {
  const row = rows.at(-1) ?? []
  for (let at = point ?? xs.length - 1; at >= 0; at--) {
    const [x, y] = [xs[at], row[at]]
    if (x !== undefined && y !== null && y !== undefined) return { x, y }
  }
  return null
}

/** How a line looks, for the legend. */
function Swatch({ line: { colour, width, opacity, dash, dots = 0 } }: { line: PlotLine }) {
  if (width === 0)
    return (
      <span
        className="chart-dot"
        style={{ width: dots, height: dots, background: `var(--${colour})`, opacity }}
      />
    )
  const kind = dash ? 'dashed' : 'solid'
  return (
    <span
      className="chart-swatch"
      style={{ borderTop: `${width}px ${kind} var(--${colour})`, opacity }}
    />
  )
}

/** Lines that grow, with the latest value, or the one under the pointer, beside the title. */
export function Chart({ title, about, label, lines, data, format, unit, ...options }: ChartProps) {
  const { together, xRange } = options
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<Plot | null>(null)
  const [point, setPoint] = useState<number | null>(null)
  const latest = useRef({ lines, format, data })
  latest.current = { lines, format, data }
  const [first, last] = xRange ?? []
  const style = JSON.stringify(lines.map(({ name: _, ...look }) => look))
  // biome-ignore lint/correctness/useExhaustiveDependencies: other lines are another plot.
  useEffect(() => {
    if (!host.current) return
    const made = new Plot(host.current, latest.current.lines, {
      xRange: first === undefined || last === undefined ? null : [first, last],
      format: (value) => latest.current.format(value),
      onPoint: setPoint,
      together,
    })
    plot.current = made
    made.show(latest.current.data)
    return () => {
      plot.current = null
      made.dispose()
    }
  }, [style, first, last, together])
  useEffect(() => plot.current?.show(data), [data])
  const read = reading(data, point)
  const named = lines.filter(({ name }) => name !== undefined)
  return (
    <figure className="chart">
      <figcaption className="chart-head">
        <span className="chart-title">{title}</span>
        <span className="chart-about">{about}</span>
        <span className="chart-value">
          {read && (
            <>
              <strong>{format(read.y)}</strong>
              {point !== null && ` at ${unit} ${Math.round(read.x)}`}
            </>
          )}
        </span>
      </figcaption>
      <div className="chart-plot" ref={host} role="img" aria-label={label} />
      {named.length > 1 && (
        <ul className="chart-legend">
          {named.map(({ name, ...line }) => (
            <li key={name}>
              <Swatch line={line} />
              {name}
            </li>
          ))}
        </ul>
      )}
    </figure>
  )
}
