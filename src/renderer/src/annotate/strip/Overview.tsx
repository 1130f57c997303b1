import { useEffect, useRef } from 'react'
import type { FrameMark, FrameMarks } from './frame-marks.ts'
import type { StripFrames } from './strip-view.ts'

interface OverviewProps {
  frames: StripFrames
  marks: FrameMarks
  /** Part of the list that the strip shows, and the frame in view, as indices. */
  first: number
  shown: number
  here: number
  /** The middle of the strip goes to an index. */
  onMove: (index: number) => void
}

const colours: readonly [(mark: FrameMark) => boolean, string, number][] = [
  [({ suggested, label }) => suggested !== null && label === 'none', '--mark-suggested', 0],
  [({ label }) => label === 'empty', '--mark-empty', 0],
  [({ label }) => label === 'labelled', '--mark-labelled', 0],
  [({ flagged }) => flagged, '--mark-flagged', 1],
]

const height = 16
const markWidth = 3

function draw(canvas: HTMLCanvasElement, { frames, marks, first, shown, here }: OverviewProps) {
  const ratio = window.devicePixelRatio
  const width = canvas.clientWidth
  canvas.width = Math.round(width * ratio)
  canvas.height = Math.round(height * ratio)
  const context = canvas.getContext('2d')
  if (!context || frames.count === 0) return
  context.scale(ratio, ratio)
  const style = getComputedStyle(canvas)
  const at = (index: number): number => (index / frames.count) * width
  context.fillStyle = style.getPropertyValue('--line-strong')
  context.fillRect(at(first), 0, Math.max(6, at(first + shown) - at(first)), height)
  for (const [fits, colour, row] of colours) {
    context.fillStyle = style.getPropertyValue(colour)
    for (const [frame, mark] of marks)
      if (fits(mark))
        context.fillRect(at(frames.indexOf(frame) + 0.5) - 1, row ? 1 : 5, markWidth, row ? 3 : 10)
  }
  context.fillStyle = style.getPropertyValue('--text')
  context.fillRect(at(here + 0.5) - 1, 0, 2, height)
}

/** The whole tape on one line: where labels are, and what the strip shows of it. */
export function Overview(props: OverviewProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    if (canvas.current) draw(canvas.current, props)
  })
  const move = (event: React.PointerEvent<HTMLCanvasElement>): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    props.onMove(((event.clientX - left) / width) * props.frames.count)
  }
  return (
    <canvas
      ref={canvas}
      className="strip-overview"
      style={{ height }}
      role="img"
      aria-label="Where on the tape labels are"
      onPointerDown={(event) => {
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
        move(event)
      }}
      onPointerMove={(event) => event.buttons > 0 && move(event)}
    />
  )
}
