import { useEffect, useRef, useState } from 'react'
import type { z } from 'zod'
import { Field } from '../../ui/Field.tsx'
import { Prose } from '../../ui/Prose.tsx'
import { checkedJson } from './checked.ts'

interface JsonFieldProps<Value> {
  label: string
  hint?: string
  value: Value
  schema: z.ZodType<Value>
  /** Told of every text that the schema accepts. */
  onChange: (value: Value) => void
  /** Told whether what stands there can be taken. */
  onValid?: (isValid: boolean) => void
  rows?: number
}

const written = (value: unknown): string => JSON.stringify(value, null, 2)

/** Data as JSON to type; what is wrong with it is said below while it is typed. */
export function JsonField<Value>(props: JsonFieldProps<Value>) {
  const { label, hint, value, schema, onChange, onValid, rows = 10 } = props
  const [text, setText] = useState(() => written(value))
  const [problem, setProblem] = useState<string | null>(null)
  const valid = useRef(onValid)
  valid.current = onValid
  /** What the text stands for: another value from outside makes another text. */
  const known = useRef(written(value))
  useEffect(() => {
    if (written(value) === known.current) return
    known.current = written(value)
    setText(written(value))
    setProblem(null)
    valid.current?.(true)
  }, [value])
  const type = (next: string): void => {
    setText(next)
    const checked = checkedJson(next, schema)
    setProblem('problem' in checked ? checked.problem : null)
    onValid?.(!('problem' in checked))
    if ('problem' in checked) return
    known.current = written(checked.value)
    onChange(checked.value)
  }
  return (
    <Field label={label} hint={hint && <Prose text={hint} />} error={problem}>
      {({ id, describedBy }) => (
        <textarea
          className="input json-field"
          id={id}
          rows={rows}
          value={text}
          spellCheck={false}
          aria-describedby={describedBy}
          aria-invalid={problem !== null}
          onChange={(event) => type(event.target.value)}
        />
      )}
    </Field>
  )
}
