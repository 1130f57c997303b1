import { useId } from 'react'
import { useProject } from '../state/project-context.tsx'
import { useLoaded } from '../state/use-loaded.ts'
import { useStore } from '../state/use-store.ts'
import { sentence } from '../ui/Prose.tsx'
import type { ChoiceStore } from './choice-store.ts'
import './PresetChoice.css'

/** No line ends within a number such as 1e-5. */
const unbroken = (text: string): string => text.replaceAll(/(?<=\de)-(?=\d)/g, '\u2011')

interface PresetChoiceProps {
  choice: ChoiceStore
  disabled: boolean
}

/** Ways to train, each with a sentence on whom it is for. */
export function PresetChoice({ choice, disabled }: PresetChoiceProps) {
  const { client, handle } = useProject()
  const name = useId()
  const { preset } = useStore(choice)
  const { value: presets } = useLoaded(handle, () =>
    client.call('training.presets', { project: handle }),
  )
  if (!presets) return null
  const chosen = preset ?? presets[0]?.name
  return (
    <fieldset className="train-presets" disabled={disabled}>
      <legend className="train-subtitle">How</legend>
      {presets.map(({ name: value, title, description }) => (
        <label className="train-preset" key={value}>
          <input
            type="radio"
            name={name}
            checked={value === chosen}
            onChange={() => choice.choosePreset(value)}
          />
          <span className="train-preset-text">
            <span className="train-preset-title">{title}</span>
            <span className="train-preset-about">{unbroken(sentence(description))}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
