import type { TrainingPlan } from '../../../shared/contract/training.ts'
import { useStore } from '../state/use-store.ts'
import { Button } from '../ui/Button.tsx'
import { Checkbox } from '../ui/Checkbox.tsx'
import { NumberField, SelectField } from '../ui/inputs.tsx'
import type { ChoiceStore } from './choice-store.ts'
import { decimalsOf } from './decimals.ts'
import { useModels } from './networks-context.ts'

interface AdvancedProps {
  choice: ChoiceStore
  plan: TrainingPlan
  disabled: boolean
}

function BaseField({ choice, plan, disabled }: AdvancedProps) {
  const models = useModels()
  const options = models.map(({ id, name, problem }) => ({
    value: id,
    text: problem === null ? name : `${name} (${problem})`,
    disabled: problem !== null,
  }))
  const known = options.some(({ value }) => value === plan.base.id)
  const all = known ? options : [{ value: plan.base.id, text: plan.base.name }, ...options]
  return (
    <SelectField
      label="Start from"
      hint="The network that it goes on from; it stays as it is."
      value={plan.base.id}
      options={all}
      disabled={disabled}
      onChange={(base) => choice.change({ base })}
    />
  )
}

function LearningFields({ choice, plan, disabled }: AdvancedProps) {
  const { iterations, learningRate, batch, seed } = plan.settings
  return (
    <>
      <NumberField
        label="Iterations"
        hint="Steps of learning; more take longer."
        value={iterations}
        {...{ min: 1, max: 1_000_000, disabled }}
        onCommit={(value) => choice.change({ iterations: Math.round(value) })}
      />
      <NumberField
        label="Learning rate"
        hint="How far each step goes; too high destroys."
        value={learningRate.old}
        digits={decimalsOf(learningRate.old)}
        step={10 ** -decimalsOf(learningRate.old)}
        {...{ min: 1e-8, max: 10, disabled }}
        onCommit={(value) => choice.change({ learningRate: value })}
      />
      <NumberField
        label="Samples in an iteration"
        hint="More are steadier, slower, and need more memory."
        value={batch}
        {...{ min: 1, max: 1024, disabled }}
        onCommit={(value) => choice.change({ batch: Math.round(value) })}
      />
      <NumberField
        label="Seed"
        hint="The same seed gives the same network again."
        value={seed}
        {...{ min: 0, max: 0xffffffff, disabled }}
        onCommit={(value) => choice.change({ seed: Math.round(value) })}
      />
    </>
  )
}

function InputFields({ choice, plan, disabled }: AdvancedProps) {
  // The plan follows what is chosen a little later, and one may be chosen right after the other.
  const { width, height } = useStore(choice).input ?? plan.settings.input
  const limits = { min: 8, max: 4096, step: 8, disabled }
  return (
    <>
      <NumberField
        label="Input width"
        hint="The picture is scaled to this for the network."
        value={width}
        {...limits}
        onCommit={(value) => choice.change({ input: { width: Math.round(value), height } })}
      />
      <NumberField
        label="Input height"
        hint="In pixels; smaller is faster and coarser."
        value={height}
        {...limits}
        onCommit={(value) => choice.change({ input: { width, height: Math.round(value) } })}
      />
    </>
  )
}

/** What the preset decides, for those who want to decide it themselves; folded at first. */
export function AdvancedSettings(props: AdvancedProps) {
  const { choice, disabled } = props
  const { holdOut } = useStore(choice)
  return (
    <details className="train-advanced">
      <summary className="train-subtitle">
        Advanced settings {choice.isOwn && <span className="train-badge">changed</span>}
      </summary>
      <div className="train-fields">
        <LearningFields {...props} />
        <InputFields {...props} />
        <BaseField {...props} />
        <Checkbox
          label="Hold frames out for a check"
          hint="A quarter of them; without it nobody knows whether it got better."
          checked={holdOut !== 'none'}
          disabled={disabled}
          onChange={(holds) => choice.change({ holdOut: holds ? undefined : 'none' })}
        />
      </div>
      <Button disabled={disabled || !choice.isOwn} onClick={() => choice.reset()}>
        As the preset says
      </Button>
    </details>
  )
}
