import type { ExperimentSettings } from '../../../../shared/experiment.ts'
import { useProject } from '../../state/project-context.tsx'
import { useToasts } from '../../state/services.tsx'
import { useLoaded } from '../../state/use-loaded.ts'
import { SelectField } from '../../ui/inputs.tsx'
import { sentence } from '../../ui/Prose.tsx'

interface PresetProps {
  /** Whether it began with a preset; else with the settings of another experiment. */
  isNew: boolean
  preset: string | null
  onDraft: (settings: ExperimentSettings) => void
}

const own = ''

/** Settings as published projects had them, with a sentence on what each is for. */
export function PresetField({ isNew, preset, onDraft }: PresetProps) {
  const { client, handle } = useProject()
  const toasts = useToasts()
  const { value } = useLoaded(handle, () => client.call('experiments.presets', { project: handle }))
  const presets = value ?? []
  const chosen = presets.find(({ name }) => name === preset)
  const choose = async (name: string): Promise<void> => {
    if (name === own) return
    try {
      onDraft(await client.call('experiments.draft', { project: handle, preset: name }))
    } catch (error) {
      toasts.fail(error)
    }
  }
  const isOwn = chosen === undefined
  return (
    <SelectField
      label={isNew ? 'Preset' : 'Settings of another experiment, or a preset'}
      hint={chosen ? sentence(chosen.description) : undefined}
      value={chosen?.name ?? own}
      options={[
        ...(isOwn ? [{ value: own, text: 'None' }] : []),
        ...presets.map(({ name, title }) => ({ value: name, text: title })),
      ]}
      onChange={(name) => void choose(name)}
    />
  )
}
