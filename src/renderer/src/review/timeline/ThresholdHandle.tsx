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
}

/** Steps of the keys of a slider, in steps of the threshold. */
const steps: Readonly<Record<string, number>> = {
  ArrowUp: 1,
  ArrowRight: 1,
  ArrowDown: -1,
  ArrowLeft: -1,
  PageUp: 5,
  PageDown: -5,
}

/** The line of the threshold, which can be dragged, and moved by keys. */
export function ThresholdHandle({ name, threshold, scale, isOwn, onTry }: ThresholdHandleProps) {
  const grip = useRef<{ y: number; top: number } | null>(null)
  const down = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return
    const { top } = event.currentTarget.parentElement?.getBoundingClientRect() ?? { top: 0 }
    grip.current = { y: event.clientY - top - toY(threshold, scale), top }
    event.currentTarget.setPointerCapture(event.pointerId)
    // The plot below must not pan.
    event.stopPropagation()
  }
  const move = (event: PointerEvent<HTMLElement>): void => {
    const held = grip.current
    if (held) onTry(toScore(event.clientY - held.top - held.y, scale))
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
      onPointerUp={() => {
        grip.current = null
      }}
      onPointerCancel={() => {
        grip.current = null
      }}
      onKeyDown={press}
    >
      <span className="threshold-text">{score(threshold)}</span>
    </div>
  )
}
