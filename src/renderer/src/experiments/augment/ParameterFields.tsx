import { useId } from 'react'
import { z } from 'zod'
import { decimalsOf } from '../../train/decimals.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { NumberField, SelectField } from '../../ui/inputs.tsx'
import { type ParameterField, wordsOf } from './parameters.ts'

interface ParameterProps {
  field: ParameterField
  value: unknown
  onChange: (value: unknown) => void
}

const numbers = z.array(z.number())

/** As many decimals as the number has; not fewer than two where there are halves. */
function digitsOf(value: number, isWhole: boolean): number {
  if (isWhole) return 0
  return Math.max(2, Math.min(4, decimalsOf(Math.abs(value))))
}

interface OneProps {
  label: string
  value: number
  bounds: { least: number; most: number; isWhole: boolean }
  onCommit: (value: number) => void
}

function One({ label, value, bounds: { least, most, isWhole }, onCommit }: OneProps) {
  return (
    <NumberField
      {...{ label, value, min: least, max: most }}
      digits={digitsOf(value, isWhole)}
      step={isWhole ? 1 : 0.05}
      onCommit={(next) => onCommit(isWhole ? Math.round(next) : next)}
    />
  )
}

function Several({ field, value, onChange }: ParameterProps) {
  const id = useId()
  const list = numbers.safeParse(value).data ?? []
  const isColour = field.kind === 'colour'
  const labels = isColour ? ['red', 'green', 'blue'] : ['least', 'most']
  const bounds = field.kind === 'range' ? field : { least: 0, most: 255, isWhole: true }
  const change = (at: number, next: number): void => {
    const [low = 0, high = 0] = list.map((one, i) => (i === at ? next : one))
    if (isColour) onChange(list.map((one, i) => (i === at ? next : one)))
    // The end that was not typed follows, so that the range stays one.
    else onChange(at === 0 ? [low, Math.max(low, high)] : [Math.min(low, high), high])
  }
  return (
    <fieldset className="augment-range" aria-labelledby={id}>
      <legend className="field-label" id={id}>
        {wordsOf(field.name)}
      </legend>
      {list.map((one, at) => (
        <One
          key={labels[at]}
          label={labels[at] ?? ''}
          value={one}
          bounds={bounds}
          onCommit={(next) => change(at, next)}
        />
      ))}
    </fieldset>
  )
}

/** A parameter of an operation, as its kind is entered. */
export function Parameter(props: ParameterProps) {
  const { field, value, onChange } = props
  const label = wordsOf(field.name)
  if (field.kind === 'switch')
    return <Checkbox label={label} checked={value === true} onChange={onChange} />
  if (field.kind === 'choice')
    return (
      <SelectField
        label={label}
        value={String(value)}
        options={field.options.map((option) => ({ value: option, text: wordsOf(option) }))}
        onChange={onChange}
      />
    )
  if (field.kind === 'range' || field.kind === 'colour') return <Several {...props} />
  const isNone = field.kind === 'number-or-none'
  const bounds = isNone ? { ...field, least: 0 } : field
  return (
    <One
      label={isNone ? `${label}, 0 = as it is` : label}
      value={typeof value === 'number' ? value : 0}
      bounds={bounds}
      onCommit={(next) => onChange(isNone && next === 0 ? null : next)}
    />
  )
}
