import { memo, useLayoutEffect, useMemo, useRef } from 'react'
import { drawRow, type Row } from './draw-row.ts'
import type { ScoreScale } from './score-scale.ts'
import { type Span, toX } from './timeline-view.ts'
import { useLook } from './use-plot.ts'

interface RowPlotProps {
  row: Row
  /** Of the region. */
  colour: string
  span: Span
  scale: ScoreScale
  width: number
}

/** The drawing of a row; it is drawn again only when something of it changes. */
export const RowPlot = memo(function RowPlot({ row, colour, span, scale, width }: RowPlotProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { ratio, theme } = useLook()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme says which colours they are.
  const colours = useMemo(() => {
    const style = getComputedStyle(document.documentElement)
    const token = (name: string): string => style.getPropertyValue(name).trim()
    return {
      ...{ line: token('--text-quiet'), reviewed: token('--text'), missing: token('--track') },
      occupied: colour,
    }
  }, [theme, colour])
  useLayoutEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context || width === 0) return
    const [across, down] = [Math.round(width * ratio), Math.round(scale.height * ratio)]
    if (element.width !== across || element.height !== down)
      Object.assign(element, { width: across, height: down })
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    drawRow(context, row, span, scale, width, colours)
  }, [row, span, scale, width, colours, ratio])
  // Its numbers stand beside it, in words.
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas without a tabIndex takes no focus.
  return <canvas ref={canvas} className="timeline-canvas" aria-hidden="true" />
})

/** Pixels of a frame from which on it is shown as wide as it is. */
const wideFrom = 6

/** Where the frame that is shown is: a line, or a band where frames are wide. */
export function Cursor({ position, span, width }: { position: number; span: Span; width: number }) {
  const left = toX(position, span, width)
  const frame = width / (span.to - span.from)
  const across = frame > wideFrom ? frame : 2
  if (left + across < 0 || left > width) return null
  return (
    <span
      className="timeline-cursor"
      style={{ transform: `translateX(${left}px)`, width: across }}
      data-wide={frame > wideFrom}
      aria-hidden="true"
    />
  )
}
