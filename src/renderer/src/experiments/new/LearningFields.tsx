import { useState } from 'react'
import { optimiserSchema } from '../../../../shared/train-settings.ts'
import { decimalsOf } from '../../train/decimals.ts'
import { NumberField, SelectField, TextField } from '../../ui/inputs.tsx'
import { type FormPart, seedsIn } from './form-parts.ts'

const losses = [
  { value: 'cross-entropy', text: 'Cross-entropy' },
  { value: 'dice', text: 'Dice' },
  { value: 'cross-entropy+dice', text: 'Sum of both' },
  { value: 'focal', text: 'Focal' },
] as const

const optimisers = [
  { value: 'sgd', text: 'SGD with momentum' },
  { value: 'adam', text: 'Adam' },
  { value: 'adamw', text: 'AdamW' },
] as const

const normalisations = [
  { value: 'batch', text: 'Learns on' },
  { value: 'frozen', text: 'Stays as it is' },
] as const

function Seeds({ settings, onChange }: FormPart) {
  const [text, setText] = useState(settings.seeds.join(', '))
  const isWrong = seedsIn(text) === null
  return (
    <TextField
      label="Seeds"
      hint="Each is a run of its own: 0, 1, 2."
      error={isWrong ? 'Whole numbers with commas in between, 20 at most.' : null}
      value={text}
      onChange={(next) => {
        setText(next)
        const seeds = seedsIn(next)
        if (seeds) onChange({ seeds })
      }}
    />
  )
}

function Sizes({ settings, onChange }: FormPart) {
  const { input, batch, stepsPerEpoch } = settings
  const sides = { min: 8, max: 4096 }
  return (
    <>
      <NumberField
        label="Input width"
        value={input.width}
        {...sides}
        onCommit={(width) => onChange({ input: { ...input, width: Math.round(width) } })}
      />
      <NumberField
        label="Input height"
        value={input.height}
        {...sides}
        onCommit={(height) => onChange({ input: { ...input, height: Math.round(height) } })}
      />
      <NumberField
        label="Pictures in a step"
        value={batch}
        {...{ min: 1, max: 1024 }}
        onCommit={(value) => onChange({ batch: Math.round(value) })}
      />
      <NumberField
        label="Steps in an epoch"
        hint="0 = every picture once."
        value={stepsPerEpoch ?? 0}
        {...{ min: 0, max: 1_000_000 }}
        onCommit={(value) => onChange({ stepsPerEpoch: Math.round(value) || null })}
      />
    </>
  )
}

/** How it learns: loss, optimiser, sizes, seeds. */
export function LearningFields(props: FormPart) {
  const { settings, onChange } = props
  const { loss, optimiser, batchNorm, auxiliary } = settings
  const { weightDecay } = optimiser
  return (
    <div className="experiment-fields">
      <SelectField
        label="Loss"
        value={loss.kind}
        options={losses}
        onChange={(kind) => onChange({ loss: { ...loss, kind } })}
      />
      <SelectField
        label="Optimiser"
        value={optimiser.kind}
        options={optimisers}
        onChange={(kind) => onChange({ optimiser: optimiserSchema.parse({ kind, weightDecay }) })}
      />
      <NumberField
        label="Weight decay"
        value={weightDecay}
        digits={decimalsOf(weightDecay)}
        {...{ min: 0, max: 1, step: 1e-5 }}
        onCommit={(value) => onChange({ optimiser: { ...optimiser, weightDecay: value } })}
      />
      <SelectField
        label="Batch normalisation"
        value={batchNorm}
        options={normalisations}
        onChange={(value) => onChange({ batchNorm: value })}
      />
      <NumberField
        label="Weight of the auxiliary loss"
        hint="0 = left out."
        value={auxiliary}
        digits={2}
        {...{ min: 0, max: 10, step: 0.1 }}
        onCommit={(value) => onChange({ auxiliary: value })}
      />
      <Sizes {...props} />
      <Seeds {...props} />
    </div>
  )
}
