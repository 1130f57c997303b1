import { Checkbox } from '../../ui/Checkbox.tsx'
import { SelectField } from '../../ui/inputs.tsx'
import { type FormPart, partsOf } from './form-parts.ts'

function Sets({ settings, choices, onChange }: FormPart) {
  const { data } = settings
  const all = choices.sets.map(({ id }) => id)
  const chosen = data.sets.length === 0 ? all : data.sets
  const choose = (id: number, isIn: boolean): void => {
    const next = all.filter((each) => (each === id ? isIn : chosen.includes(each)))
    if (next.length > 0)
      onChange({ data: { ...data, sets: next.length === all.length ? [] : next } })
  }
  return (
    <fieldset className="experiment-sets">
      <legend className="field-label">Sets</legend>
      {choices.sets.map(({ id, name, images }) => (
        <Checkbox
          key={id}
          label={`${name} (${images.toLocaleString('en')})`}
          checked={chosen.includes(id)}
          onChange={(isIn) => choose(id, isIn)}
        />
      ))}
    </fieldset>
  )
}

/** Which pictures are learnt from, and which it is judged by. */
export function DataFields(props: FormPart) {
  const { settings, choices, onChange } = props
  const { data } = settings
  const parts = partsOf(choices, data.sets)
  const options = (value: string) => {
    const known = parts.map(({ name, annotated }) => {
      return { value: name, text: `${name}: ${annotated.toLocaleString('en')} with a mask` }
    })
    const isKnown = parts.some(({ name }) => name === value)
    return isKnown ? known : [{ value, text: `${value}: there is no such part` }, ...known]
  }
  return (
    <>
      {choices.sets.length > 1 && <Sets {...props} />}
      <div className="experiment-fields">
        <SelectField
          label="Learn from"
          value={data.train}
          options={options(data.train)}
          onChange={(train) => onChange({ data: { ...data, train } })}
        />
        <SelectField
          label="Judge by"
          value={data.validation}
          options={options(data.validation)}
          onChange={(validation) => onChange({ data: { ...data, validation } })}
        />
      </div>
      {parts.length === 0 && (
        <p className="experiments-warning">
          The pictures are not parted yet: part them by “Split…” on the Datasets screen.
        </p>
      )}
    </>
  )
}
