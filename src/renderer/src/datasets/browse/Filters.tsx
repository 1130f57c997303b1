import type { ImageFilter } from '../../../../shared/contract/datasets.ts'
import { backgroundIndex } from '../../../../shared/mask.ts'
import { useProject } from '../../state/project-context.tsx'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { SelectField, TextField } from '../../ui/inputs.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useSet } from '../use-sets.ts'

const any = 'any'
const noPart = 'none'

/** A filter without one of its wishes. */
function without(filter: ImageFilter, name: keyof ImageFilter): ImageFilter {
  const { [name]: _, ...rest } = filter
  return rest
}

interface FiltersProps {
  filter: ImageFilter
  onChange: (filter: ImageFilter) => void
}

function ClassFilter({ filter, onChange }: FiltersProps) {
  const { state } = useProject()
  const classes = state.classes.filter(({ index }) => index !== backgroundIndex)
  return (
    <SelectField
      label="Shows"
      value={String(filter.class ?? any)}
      options={[
        { value: any, text: 'Anything' },
        ...classes.map(({ index, name }) => ({ value: String(index), text: name })),
      ]}
      onChange={(value) =>
        onChange(value === any ? without(filter, 'class') : { ...filter, class: Number(value) })
      }
    />
  )
}

function SplitFilter({ filter, onChange }: FiltersProps) {
  const { splits } = useSet()
  if (splits.length === 0) return null
  const split = filter.split === null ? noPart : filter.split
  return (
    <SelectField
      label="Part of the set"
      value={split === undefined ? any : `part ${split}`}
      options={[
        { value: any, text: 'All' },
        ...splits.map((name) => ({ value: `part ${name}`, text: name })),
        { value: `part ${noPart}`, text: 'In no part' },
      ]}
      onChange={(value) => {
        const part = value.slice('part '.length)
        const isNone = part === noPart && !splits.includes(noPart)
        if (value === any) onChange(without(filter, 'split'))
        else onChange({ ...filter, split: isNone ? null : part })
      }}
    />
  )
}

const annotatedOptions = [
  { value: any, text: 'Annotated or not' },
  { value: 'yes', text: 'Annotated' },
  { value: 'no', text: 'Not annotated' },
]

/** Which pictures of the set are shown. */
export function Filters({ filter, onChange }: FiltersProps) {
  const { annotated } = filter
  const isFiltered = Object.keys(filter).length > 0
  return (
    <Panel
      title="Find"
      actions={
        isFiltered && (
          <Button kind="quiet" onClick={() => onChange({})}>
            Show all
          </Button>
        )
      }
    >
      <TextField
        label="Name"
        type="search"
        value={filter.name ?? ''}
        placeholder="part of a name"
        onChange={(name) => onChange(name === '' ? without(filter, 'name') : { ...filter, name })}
      />
      <ClassFilter filter={filter} onChange={onChange} />
      <SplitFilter filter={filter} onChange={onChange} />
      <SelectField
        label="Annotations"
        value={annotated === undefined ? any : annotated ? 'yes' : 'no'}
        options={annotatedOptions}
        onChange={(value) =>
          onChange(
            value === any
              ? without(filter, 'annotated')
              : { ...filter, annotated: value === 'yes' },
          )
        }
      />
      <Checkbox
        label="Only what is odd"
        hint="empty, filled, with specks, or without its picture"
        checked={filter.odd === true}
        onChange={(odd) => onChange(odd ? { ...filter, odd } : without(filter, 'odd'))}
      />
    </Panel>
  )
}
