import { type ReactNode, useId } from 'react'
import './Field.css'

interface FieldProps {
  label: string
  /** What it is good for, or what is expected. */
  hint?: ReactNode
  /** What is wrong with what was entered. */
  error?: string | null
  /** Gets the id of its label's target and that of the text that describes it. */
  children: (ids: { id: string; describedBy: string | undefined }) => ReactNode
}

/** A control with its label above and its hint below. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId()
  const described = error || hint ? `${id}-about` : undefined
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {children({ id, describedBy: described })}
      {error ? (
        <p className="field-error" id={described} role="alert">
          {error}
        </p>
      ) : (
        hint && (
          <p className="field-hint" id={described}>
            {hint}
          </p>
        )
      )}
    </div>
  )
}
