import { type FormEvent, useId, useState } from 'react'
import type { ExperimentChoices } from '../../../../shared/contract/experiments.ts'
import { type AppError, toAppError } from '../../../../shared/errors.ts'
import type { ExperimentSettings } from '../../../../shared/experiment.ts'
import { useProject } from '../../state/project-context.tsx'
import { useLoaded } from '../../state/use-loaded.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { SelectField, TextField } from '../../ui/inputs.tsx'
import { Prose, sentence } from '../../ui/Prose.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { useExperimentsDesk } from '../experiments-context.ts'
import { FormError } from '../FormError.tsx'
import { AdvancedFields } from './AdvancedFields.tsx'
import { DataFields } from './DataFields.tsx'
import { type FormPart, partsOf, startKey, startsOf } from './form-parts.ts'
import { PresetField } from './PresetField.tsx'
import { planText } from './plan-text.ts'

/** What the experiment begins with. */
function StartField({ settings, choices, onChange }: FormPart) {
  const starts = startsOf(choices)
  const key = startKey(settings.network)
  const isKnown = starts.some(({ network }) => startKey(network) === key)
  return (
    <SelectField
      label="Start from"
      value={key}
      options={[
        ...(isKnown ? [] : [{ value: key, text: `${key}: there is no such one` }]),
        ...starts.map(({ network, text }) => ({ value: startKey(network), text })),
      ]}
      onChange={(next) => {
        const start = starts.find(({ network }) => startKey(network) === next)
        if (start) onChange({ network: start.network })
      }}
    />
  )
}

export interface NewExperimentProps {
  /** Settings to begin with; null = those of the first preset. */
  from: ExperimentSettings | null
  onMade: (experiment: number) => void
  onClose: () => void
}

/** Asks what an experiment is to be, and starts it or keeps it for later. */
export function NewExperimentDialog(props: NewExperimentProps) {
  const { client, handle } = useProject()
  const loaded = useLoaded(handle, async () => {
    const [choices, presets] = await Promise.all([
      client.call('experiments.choices', { project: handle }),
      client.call('experiments.presets', { project: handle }),
    ])
    const preset = presets[0]?.name ?? ''
    const first =
      props.from ?? (await client.call('experiments.draft', { project: handle, preset }))
    return { choices, first }
  })
  const { value, error } = loaded
  if (value) return <Form {...props} {...value} />
  return (
    <Dialog title="New experiment" size="wide" onClose={props.onClose}>
      {error ? (
        <p className="field-error" role="alert">
          <Prose text={`${sentence(error.message)} ${error.hint}`} />
        </p>
      ) : (
        <Waiting text="Looking at what there is to learn from…" />
      )}
    </Dialog>
  )
}

interface FormProps extends NewExperimentProps {
  choices: ExperimentChoices
  first: ExperimentSettings
}

function Form({ choices, first, from, onMade, onClose }: FormProps) {
  const { client, handle } = useProject()
  const { experiments } = useExperimentsDesk()
  const form = useId()
  const [settings, setSettings] = useState(first)
  const [validity, setValidity] = useState({ augmentation: true, settings: true })
  const [error, setError] = useState<AppError | null>(null)
  const change = (part: Partial<ExperimentSettings>): void => {
    setSettings((before) => ({ ...before, ...part }))
    setError(null)
  }
  const part = { settings, choices, onChange: change }
  const isValid = validity.augmentation && validity.settings
  const canMake = isValid && settings.name.trim() !== ''
  const make = async (queue: boolean): Promise<void> => {
    try {
      const about = { project: handle, settings, queue }
      onMade((await client.call('experiments.create', about)).experiment)
    } catch (reason) {
      setError(toAppError(reason))
    }
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (canMake) void make(true)
  }
  return (
    <Dialog
      title="New experiment"
      size="wide"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button disabled={!canMake} onClick={() => void make(false)}>
            Keep for later
          </Button>
          <Button kind="primary" type="submit" form={form} disabled={!canMake}>
            Start
          </Button>
        </>
      }
    >
      <form id={form} className="experiment-form" noValidate onSubmit={submit}>
        <PresetField
          isNew={from === null}
          preset={settings.preset}
          onDraft={(draft) => change({ ...draft, data: settings.data })}
        />
        <TextField label="Name" value={settings.name} onChange={(name) => change({ name })} />
        <StartField {...part} />
        <DataFields {...part} />
        <p className="experiments-quiet">
          {planText(settings, experiments, partsOf(choices, settings.data.sets))}
        </p>
        <AdvancedFields
          {...part}
          onValid={(name, isRight) => setValidity((before) => ({ ...before, [name]: isRight }))}
          onAll={(all) => {
            setSettings(all)
            setError(null)
          }}
        />
        <FormError error={error} />
      </form>
    </Dialog>
  )
}
