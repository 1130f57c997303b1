import { useMemo } from 'react'
import { z } from 'zod'
import { augmentationSchema } from '../../../../shared/augmentation.ts'
import { type ExperimentSettings, experimentSchema } from '../../../../shared/experiment.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { NumberField } from '../../ui/inputs.tsx'
import type { FormPart } from './form-parts.ts'
import { JsonField } from './JsonField.tsx'
import { LearningFields } from './LearningFields.tsx'
import { StageTable } from './StageTable.tsx'

function Kept({ settings: { checkpoints }, onChange }: FormPart) {
  const change = (part: Partial<typeof checkpoints>): void =>
    onChange({ checkpoints: { ...checkpoints, ...part } })
  return (
    <fieldset className="experiment-sets">
      <legend className="field-label">Networks that are kept</legend>
      <Checkbox label="The best" checked={checkpoints.best} onChange={(best) => change({ best })} />
      <Checkbox label="The last" checked={checkpoints.last} onChange={(last) => change({ last })} />
      <NumberField
        label="And every so many epochs"
        hint="0 = none."
        value={checkpoints.every ?? 0}
        {...{ min: 0, max: 100_000 }}
        onCommit={(every) => change({ every: Math.round(every) || null })}
      />
    </fieldset>
  )
}

interface AdvancedProps extends FormPart {
  onAll: (settings: ExperimentSettings) => void
  /** Told of each part that is typed as data whether it can be taken. */
  onValid: (part: 'augmentation' | 'settings', isValid: boolean) => void
}

/** What the preset decides, for those who want to decide it themselves; folded at first. */
export function AdvancedFields({ onAll, onValid, ...part }: AdvancedProps) {
  const { settings, onChange } = part
  const augmentation = useMemo(() => z.nullable(augmentationSchema), [])
  return (
    <details className="experiment-advanced">
      <summary className="experiments-subtitle">Advanced</summary>
      <LearningFields {...part} />
      <StageTable {...part} />
      <Kept {...part} />
      <JsonField
        label="Augmentation"
        hint="The page Augmentation shows what it makes of your pictures. null = none."
        value={settings.augmentation}
        schema={augmentation}
        onValid={(isValid) => onValid('augmentation', isValid)}
        onChange={(value) => onChange({ augmentation: value })}
      />
      <details className="experiment-advanced">
        <summary className="experiments-subtitle">All settings as data</summary>
        <JsonField
          label="Settings"
          hint="Layer groups, several scales and all else; the same as for `experiment run`."
          value={settings}
          schema={experimentSchema}
          onValid={(isValid) => onValid('settings', isValid)}
          onChange={onAll}
          rows={18}
        />
      </details>
    </details>
  )
}
