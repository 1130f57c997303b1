import type { AugmentationNode } from '../../../../shared/augmentation.ts'
import { augmentationSchema } from '../../../../shared/augmentation.ts'
import { NumberField } from '../../ui/inputs.tsx'
import { Parameter } from './ParameterFields.tsx'
import { isOperationKind, parametersOf, wordsOf } from './parameters.ts'
import { groupTitleOf, isGroup } from './pipeline.ts'
import { StepList } from './StepList.tsx'

export function titleOfStep({ kind }: AugmentationNode): string {
  return groupTitleOf(kind) ?? wordsOf(kind)
}

interface StepProps {
  step: AugmentationNode
  onChange: (step: AugmentationNode) => void
}

/** Parameters that most leave as they are come last, behind a fold. */
const seldom: readonly string[] = ['border', 'colour', 'borderMask', 'perChannel', 'on', 'place']

function Operation({ step, onChange }: StepProps) {
  if (!isOperationKind(step.kind)) return null
  const values: Record<string, unknown> = { ...step }
  const fields = parametersOf(step.kind)
  const change = (name: string, value: unknown): void => {
    // What does not fit together, such as a colour's class, stays as it was.
    const next = augmentationSchema.safeParse({ ...step, [name]: value })
    if (next.success) onChange(next.data)
  }
  const shown = (isSeldom: boolean) =>
    fields
      .filter(({ name }) => seldom.includes(name) === isSeldom)
      .map((field) => (
        <Parameter
          key={field.name}
          field={field}
          value={values[field.name]}
          onChange={(value) => change(field.name, value)}
        />
      ))
  const rest = shown(true)
  return (
    <>
      <div className="augment-fields">{shown(false)}</div>
      {rest.length > 0 && (
        <details className="experiment-advanced">
          <summary className="experiments-quiet">More</summary>
          <div className="augment-fields">{rest}</div>
        </details>
      )}
    </>
  )
}

/** A step: how probable it is, and its parameters or its own steps. */
export function StepEditor({ step, onChange }: StepProps) {
  return (
    <div className="augment-step-body">
      <NumberField
        label="Probability"
        value={step.probability}
        digits={2}
        {...{ min: 0, max: 1, step: 0.05 }}
        onCommit={(probability) => onChange({ ...step, probability })}
      />
      {step.kind === 'some-of' && (
        <Parameter
          field={{ name: 'count', kind: 'range', least: 0, most: 100, isWhole: true }}
          value={step.count}
          onChange={(count) => {
            const next = augmentationSchema.safeParse({ ...step, count })
            if (next.success) onChange(next.data)
          }}
        />
      )}
      {isGroup(step) ? (
        <StepList steps={step.steps} onChange={(steps) => onChange({ ...step, steps })} isInner />
      ) : (
        <Operation step={step} onChange={onChange} />
      )}
    </div>
  )
}
