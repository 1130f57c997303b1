import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { score } from '../words.ts'
import { type ScoreScale, stepped, toScore, toY } from './score-scale.ts'

interface ThresholdHandleProps {
  /** Name of the region. */
  name: string
  threshold: number
  scale: ScoreScale
  /** Whether it is the region's own threshold, not the project's. */
  isOwn: boolean
  onTry: (threshold: number) => void
  /** It was pressed and not moved: CSS pixels from the left. */
  onPress: (x: number) => void
}

/** Pixels that a pointer may tremble in a press. */
const tremblePx = 2

/** Steps of the keys of a slider, in steps of the threshold. */
const steps: Readonly<Record<string, number>> = {
  ArrowUp: 1,
  ArrowRight: 1,
  ArrowDown: -1,
  ArrowLeft: -1,
  PageUp: 5,
  PageDown: -5,
}

interface Grip {
  /** Of the plot. */
  top: number
  left: number
  /** Between the pointer and the line. */
  offset: number
  /** Where the pointer went down. */
  start: number
  isMoving: boolean
}

/** The line of the threshold, which can be dragged, and moved by keys. */
export function ThresholdHandle(props: ThresholdHandleProps) {
  const { name, threshold, scale, isOwn, onTry, onPress } = props
  const grip = useRef<Grip | null>(null)
  const down = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return
    const plot = event.currentTarget.parentElement?.getBoundingClientRect()
    const { top = 0, left = 0 } = plot ?? {}
    const offset = event.clientY - top - toY(threshold, scale)
    grip.current = { top, left, offset, start: event.clientY, isMoving: false }
    event.currentTarget.setPointerCapture(event.pointerId)
    // The plot below must not pan.
    event.stopPropagation()
  }
  const move = (event: PointerEvent<HTMLElement>): void => {
    const held = grip.current
    if (!held) return
    held.isMoving ||= Math.abs(event.clientY - held.start) > tremblePx
    if (held.isMoving) onTry(toScore(event.clientY - held.top - held.offset, scale))
  }
  const up = (event: PointerEvent<HTMLElement>): void => {
    const held = grip.current
    grip.current = null
    if (held && !held.isMoving) onPress(event.clientX - held.left)
  }
  const press = (event: KeyboardEvent): void => {
    const by = steps[event.key]
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    onTry(stepped(threshold, by))
  }
  return (
    <div
      className="threshold"
      style={{ transform: `translateY(${toY(threshold, scale)}px)` }}
      role="slider"
      tabIndex={0}
      aria-label={isOwn ? `Threshold of ${name}` : `Threshold, in ${name}`}
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={Math.round(scale.top)}
      aria-valuenow={threshold}
      aria-valuetext={score(threshold)}
      data-own={isOwn}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={() => {
        grip.current = null
      }}
      onKeyDown={press}
    >
      <span className="threshold-text">{score(threshold)}</span>
    </div>
  )
}
