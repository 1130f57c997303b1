import { useId } from 'react'
import './Slider.css'

export interface SliderProps {
  label: string
  value: number
  min: number
  max: number
  step?: number
  /** Behind the number: `°`, ` px`, ` %`. */
  unit?: string
  /** Decimals to show. */
  digits?: number
  disabled?: boolean
  /** While it is dragged. */
  onChange: (value: number) => void
  /** When the user lets go, or after a key. */
  onCommit?: (value: number) => void
}

/** A number between two others, by pointer or arrow keys; the number itself stands at its label. */
export function Slider({
  label,
  value,
  min,
  max,
  step = 1,
  unit = '',
  digits = 0,
  disabled = false,
  onChange,
  onCommit,
}: SliderProps) {
  const id = useId()
  const text = `${value.toFixed(digits)}${unit}`
  return (
    <div className="slider">
      <label className="slider-label" htmlFor={id}>
        {label}
      </label>
      <output className="slider-value" htmlFor={id} aria-hidden="true">
        {text}
      </output>
      <input
        id={id}
        type="range"
        className="slider-input"
        {...{ min, max, step, value, disabled }}
        aria-valuetext={text}
        style={{ '--share': `${((value - min) / (max - min || 1)) * 100}%` }}
        onChange={(event) => onChange(event.target.valueAsNumber)}
        onPointerUp={(event) => onCommit?.(event.currentTarget.valueAsNumber)}
        onKeyUp={(event) => onCommit?.(event.currentTarget.valueAsNumber)}
      />
    </div>
  )
}
