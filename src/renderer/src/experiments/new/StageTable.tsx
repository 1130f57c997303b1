import {
  type ExperimentSettings,
  type ExperimentStage,
  experimentStageSchema,
} from '../../../../shared/experiment.ts'
import { decimalsOf } from '../../train/decimals.ts'
import { Button } from '../../ui/Button.tsx'
import { NumberField, SelectField, TextField } from '../../ui/inputs.tsx'

const scopes = [
  { value: 'all', text: 'All layers' },
  { value: 'middle', text: 'What follows the middle' },
  { value: 'head', text: 'The last layer' },
] as const

const schedules = {
  constant: { kind: 'constant' },
  poly: { kind: 'poly', power: 0.9 },
  cosine: { kind: 'cosine' },
  'one-cycle': { kind: 'one-cycle', rise: 0.3 },
} as const satisfies Record<string, ExperimentStage['schedule']>

const scheduleTexts = [
  { value: 'constant', text: 'Stays' },
  { value: 'poly', text: 'Falls (poly 0.9)' },
  { value: 'cosine', text: 'Falls (cosine)' },
  { value: 'one-cycle', text: 'Rises and falls' },
] as const

interface StageProps {
  stage: ExperimentStage
  /** From 1. */
  place: number
  onChange: (change: Partial<ExperimentStage>) => void
  /** Absent for the only one. */
  onRemove?: () => void
}

function Stage({ stage, place, onChange, onRemove }: StageProps) {
  const { name, epochs, scope, learningRate, schedule } = stage
  const isOwnScope = !scopes.some(({ value }) => value === scope)
  const isOwnSchedule = !Object.hasOwn(schedules, schedule.kind)
  return (
    <fieldset className="experiment-stage">
      <legend className="field-label">Stage {place}</legend>
      <div className="experiment-fields">
        <TextField
          label="Name"
          value={name}
          onChange={(value) => value.trim() !== '' && onChange({ name: value })}
        />
        <NumberField
          label="Epochs"
          value={epochs}
          {...{ min: 1, max: 100_000 }}
          onCommit={(value) => onChange({ epochs: Math.round(value) })}
        />
        <NumberField
          label="Learning rate"
          value={learningRate}
          digits={decimalsOf(learningRate)}
          step={10 ** -decimalsOf(learningRate)}
          {...{ min: 1e-8, max: 10 }}
          onCommit={(value) => onChange({ learningRate: value })}
        />
        <SelectField
          label="The rate"
          value={schedule.kind}
          options={[
            ...(isOwnSchedule ? [{ value: schedule.kind, text: schedule.kind }] : []),
            ...scheduleTexts,
          ]}
          onChange={(kind) => {
            if (kind !== 'step') onChange({ schedule: schedules[kind] })
          }}
        />
        <SelectField
          label="Trains"
          value={scope}
          options={[
            ...(isOwnScope ? [{ value: scope, text: `What follows ${scope}` }] : []),
            ...scopes,
          ]}
          onChange={(next) => onChange({ scope: next })}
        />
      </div>
      {onRemove && (
        <Button kind="quiet" onClick={onRemove}>
          Remove stage {place}
        </Button>
      )}
    </fieldset>
  )
}

interface StagesProps {
  settings: ExperimentSettings
  onChange: (change: Partial<ExperimentSettings>) => void
}

/** The stages of the plan; a later one starts from the best weights of the one before. */
export function StageTable({ settings: { stages }, onChange }: StagesProps) {
  const add = (): void => {
    const last = stages.at(-1)
    const more = { name: `stage ${stages.length + 1}`, epochs: 1, learningRate: 1e-4 }
    onChange({ stages: [...stages, experimentStageSchema.parse({ ...last, ...more })] })
  }
  return (
    <>
      {stages.map((stage, at) => {
        const change = (part: Partial<ExperimentStage>): void =>
          onChange({ stages: stages.map((one, i) => (i === at ? { ...one, ...part } : one)) })
        const remove = (): void => onChange({ stages: stages.filter((_, i) => i !== at) })
        return (
          <Stage
            // biome-ignore lint/suspicious/noArrayIndexKey: a stage is what stands at its place
            key={at}
            {...{ stage, place: at + 1, onChange: change }}
            {...(stages.length > 1 && { onRemove: remove })}
          />
        )
      })}
      <Button onClick={add}>Add a stage</Button>
    </>
  )
}
