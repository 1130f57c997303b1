import { type FormEvent, useState } from 'react'
import type { Dataset } from '../../../../shared/contract/datasets.ts'
import type { NamedNetwork } from '../../../../shared/contract/segment.ts'
import { type AppError, toAppError } from '../../../../shared/errors.ts'
import { useProject } from '../../state/project-context.tsx'
import { useStore } from '../../state/use-store.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { SelectField } from '../../ui/inputs.tsx'
import { FormError } from '../FormError.tsx'
import { compareStoreOf } from './compare-store.ts'

const all = ''

interface FormProps {
  networks: readonly NamedNetwork[]
  sets: readonly Dataset[]
  isUnderWay: boolean
}

/** The pictures that the networks are scored on. */
function Pictures({ sets }: Pick<FormProps, 'sets'>) {
  const { state } = useProject()
  const store = compareStoreOf(state.path)
  const { set, split } = useStore(store)
  const shown = sets.filter(({ id }) => set === null || id === set)
  const splits = [...new Set(shown.flatMap((one) => one.splits))]
  return (
    <>
      <SelectField
        label="Set"
        value={set === null ? all : String(set)}
        options={[
          { value: all, text: 'All sets' },
          ...sets.map(({ id, name }) => ({ value: String(id), text: name })),
        ]}
        onChange={(id) => store.change({ set: id === all ? null : Number(id), split: null })}
      />
      <SelectField
        label="Part"
        value={split ?? all}
        options={[
          { value: all, text: 'All pictures' },
          ...splits.map((name) => ({ value: name, text: name })),
        ]}
        onChange={(name) => store.change({ split: name === all ? null : name })}
      />
    </>
  )
}

/** Which networks are compared, on which pictures. */
export function CompareForm({ networks, sets, isUnderWay }: FormProps) {
  const { client, handle, mode, state } = useProject()
  const store = compareStoreOf(state.path)
  const { models: wanted, set, split } = useStore(store)
  const [error, setError] = useState<AppError | null>(null)
  const usable = networks.filter(({ missing }) => missing === null).map(({ id }) => id)
  const models = wanted ?? usable
  const canStart = models.length > 0 && sets.length > 0 && !isUnderWay && mode === 'write'
  const choose = (id: string, isIn: boolean): void =>
    store.change({ models: isIn ? [...models, id] : models.filter((each) => each !== id) })
  const start = async (): Promise<void> => {
    setError(null)
    try {
      const where = { ...(set !== null && { set }), ...(split !== null && { split }) }
      const about = { project: handle, models: [...models], ...where }
      store.change({ job: (await client.call('compare.start', about)).job })
    } catch (reason) {
      setError(toAppError(reason))
    }
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (canStart) void start()
  }
  return (
    <form className="experiment-form" onSubmit={submit}>
      <fieldset className="experiment-sets compare-networks">
        <legend className="field-label">Networks</legend>
        {networks.map(({ id, title, missing }) => (
          <Checkbox
            key={id}
            label={title}
            {...(missing && { hint: 'Weights not installed' })}
            checked={models.includes(id)}
            onChange={(isIn) => choose(id, isIn)}
          />
        ))}
      </fieldset>
      {networks.some(({ id, missing }) => missing && models.includes(id)) && (
        <p className="experiments-quiet">
          Without its weights a network is compared by size and speed alone.
        </p>
      )}
      <Pictures sets={sets} />
      {sets.length === 0 && (
        <p className="experiments-warning">
          There are no pictures with masks to score networks on: import a set on the Datasets
          screen.
        </p>
      )}
      <FormError error={error} />
      <div>
        <Button kind="primary" type="submit" disabled={!canStart}>
          Compare
        </Button>
      </div>
    </form>
  )
}
