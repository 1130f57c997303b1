import { memo, type RefObject, useLayoutEffect, useMemo, useRef } from 'react'
import { drawGround, drawScores, type Row, type RowPlace } from './draw-row.ts'
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

/** Sizes a canvas to the device's pixels and hands out its context, scaled to CSS pixels. */
function contextOf(
  canvas: RefObject<HTMLCanvasElement | null>,
  { width, scale }: RowPlace,
  ratio: number,
): CanvasRenderingContext2D | null {
  const element = canvas.current
  const context = element?.getContext('2d') ?? null
  if (!element || !context || width === 0) return null
  const [across, down] = [Math.round(width * ratio), Math.round(scale.height * ratio)]
  if (element.width !== across || element.height !== down)
    Object.assign(element, { width: across, height: down })
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  return context
}

/** The drawing of a row: each of its two layers is drawn again only when something of it changes. */
export const RowPlot = memo(function RowPlot({ row, colour, span, scale, width }: RowPlotProps) {
  const ground = useRef<HTMLCanvasElement>(null)
  const scores = useRef<HTMLCanvasElement>(null)
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
  const place = useMemo(() => ({ span, scale, width, colours }), [span, scale, width, colours])
  const { stretches, pyramid, answers, done } = row
  useLayoutEffect(() => {
    const context = contextOf(ground, place, ratio)
    if (context) drawGround(context, { stretches, pyramid, done }, place)
  }, [stretches, pyramid, done, place, ratio])
  useLayoutEffect(() => {
    const context = contextOf(scores, place, ratio)
    if (context) drawScores(context, { pyramid, answers }, place)
  }, [pyramid, answers, place, ratio])
  // The numbers stand beside them, in words.
  return (
    <>
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas without tabIndex takes no focus. */}
      <canvas ref={ground} className="timeline-canvas" aria-hidden="true" />
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas without tabIndex takes no focus. */}
      <canvas ref={scores} className="timeline-canvas" aria-hidden="true" />
    </>
  )
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
