import type { AugmentationNode } from '../../../../shared/augmentation.ts'
import { useProject } from '../../state/project-context.tsx'
import { useToasts } from '../../state/services.tsx'
import { useLoaded } from '../../state/use-loaded.ts'
import { SelectField } from '../../ui/inputs.tsx'

const nothing = ''

/** The pipelines of the presets, to begin with one of them. */
export function PresetPipelines({ onChoose }: { onChoose: (pipeline: AugmentationNode) => void }) {
  const { client, handle } = useProject()
  const toasts = useToasts()
  const { value } = useLoaded(handle, () => client.call('experiments.presets', { project: handle }))
  const choose = async (preset: string): Promise<void> => {
    if (preset === nothing) return
    try {
      const about = { project: handle, preset }
      const { augmentation } = await client.call('experiments.draft', about)
      if (augmentation) onChoose(augmentation)
    } catch (error) {
      toasts.fail(error)
    }
  }
  return (
    <SelectField
      label="Begin with that of"
      value={nothing}
      options={[
        { value: nothing, text: 'Choose a preset…' },
        ...(value ?? []).map(({ name, title }) => ({ value: name, text: title })),
      ]}
      onChange={(preset) => void choose(preset)}
    />
  )
}
