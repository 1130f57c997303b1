/** @file Fields with the usual controls in them. */
import { type ReactNode, useEffect, useState } from 'react'
import { Field } from './Field.tsx'

interface Common {
  label: string
  hint?: ReactNode
  error?: string | null
  disabled?: boolean
}

interface TextFieldProps extends Common {
  value: string
  onChange: (value: string) => void
  placeholder?: string
  type?: 'text' | 'search' | 'datetime-local'
}

export function TextField({
  value,
  onChange,
  placeholder,
  type = 'text',
  ...field
}: TextFieldProps) {
  const { disabled = false, ...labels } = field
  return (
    <Field {...labels}>
      {({ id, describedBy }) => (
        <input
          className="input"
          id={id}
          type={type}
          value={value}
          disabled={disabled}
          placeholder={placeholder}
          spellCheck={false}
          autoComplete="off"
          aria-describedby={describedBy}
          aria-invalid={Boolean(labels.error)}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

interface NumberFieldProps extends Common {
  value: number
  /** Told once the user is done with a number that fits; what does not fit is taken back. */
  onCommit: (value: number) => void
  min: number
  max: number
  step?: number
  /** Decimals to show. */
  digits?: number
}

/** A number to type; Enter or leaving the field takes it, Escape takes it back. */
export function NumberField({
  value,
  onCommit,
  min,
  max,
  step = 1,
  digits = 0,
  ...field
}: NumberFieldProps) {
  const { disabled = false, ...labels } = field
  const shown = value.toFixed(digits)
  const [text, setText] = useState(shown)
  useEffect(() => setText(shown), [shown])
  const commit = (): void => {
    const number = Number(text)
    const fits = text.trim() !== '' && Number.isFinite(number)
    const next = fits ? Math.min(max, Math.max(min, number)) : value
    setText(next.toFixed(digits))
    if (next !== value) onCommit(next)
  }
  return (
    <Field {...labels}>
      {({ id, describedBy }) => (
        <input
          className="input"
          id={id}
          type="number"
          value={text}
          disabled={disabled}
          {...{ min, max, step }}
          aria-describedby={describedBy}
          onChange={(event) => setText(event.target.value)}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit()
            if (event.key === 'Escape') setText(shown)
          }}
        />
      )}
    </Field>
  )
}

interface SelectFieldProps<Value extends string> extends Common {
  value: Value
  options: readonly { value: Value; text: string; disabled?: boolean }[]
  onChange: (value: Value) => void
}

export function SelectField<Value extends string>({
  value,
  options,
  onChange,
  ...field
}: SelectFieldProps<Value>) {
  const { disabled = false, ...labels } = field
  return (
    <Field {...labels}>
      {({ id, describedBy }) => (
        <select
          className="input"
          id={id}
          value={value}
          disabled={disabled}
          aria-describedby={describedBy}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.target.value)
            if (chosen) onChange(chosen.value)
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.text}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
