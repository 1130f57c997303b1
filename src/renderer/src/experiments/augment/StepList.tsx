import { IconButton } from '../../ui/IconButton.tsx'
import { CloseIcon, DownIcon, UpIcon } from '../../ui/icons.tsx'
import { SelectField } from '../../ui/inputs.tsx'
import { operationKinds, wordsOf } from './parameters.ts'
import { groupKinds, groupTitles, movedStep, newStep, type Steps } from './pipeline.ts'
import { StepEditor, titleOfStep } from './StepEditor.tsx'

interface StepListProps {
  steps: Steps
  onChange: (steps: Steps) => void
  /** Of a group, which keeps at least one step. */
  isInner?: boolean
}

const nothing = ''

/** Steps in their order: moved, removed, added, each with its parameters behind a fold. */
export function StepList({ steps, onChange, isInner = false }: StepListProps) {
  const add = (kind: string): void => {
    const step = newStep(kind)
    if (step) onChange([...steps, step])
  }
  return (
    <div className="augment-steps">
      <ol>
        {steps.map((step, at) => {
          const title = titleOfStep(step)
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a step is what stands at its place
            <li key={at} className="augment-step">
              <details>
                <summary>
                  <span className="augment-step-title">{title}</span>
                  <span className="experiments-quiet">
                    {step.probability < 1 && `${Math.round(100 * step.probability)}%`}
                  </span>
                </summary>
                <StepEditor
                  step={step}
                  onChange={(next) => onChange(steps.map((one, i) => (i === at ? next : one)))}
                />
              </details>
              <div className="augment-step-buttons">
                <IconButton
                  label={`Earlier: ${title}`}
                  icon={<UpIcon />}
                  side="left"
                  disabled={at === 0}
                  onClick={() => onChange(movedStep(steps, at, -1))}
                />
                <IconButton
                  label={`Later: ${title}`}
                  icon={<DownIcon />}
                  side="left"
                  disabled={at === steps.length - 1}
                  onClick={() => onChange(movedStep(steps, at, 1))}
                />
                <IconButton
                  label={`Remove: ${title}`}
                  icon={<CloseIcon />}
                  side="left"
                  disabled={isInner && steps.length === 1}
                  onClick={() => onChange(steps.filter((_, i) => i !== at))}
                />
              </div>
            </li>
          )
        })}
      </ol>
      <SelectField
        label="Add a step"
        value={nothing}
        options={[
          { value: nothing, text: 'Choose…' },
          ...operationKinds.map((kind) => ({ value: kind, text: wordsOf(kind) })),
          ...groupKinds.map((kind) => ({ value: kind, text: groupTitles[kind] })),
        ]}
        onChange={add}
      />
    </div>
  )
}
