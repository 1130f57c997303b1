import { useState } from 'react'
import type { UserSettings } from '../../../shared/contract/settings.ts'
import { actionGroups } from '../keys/action.ts'
import { type ActionName, actionNames, actions } from '../keys/actions.ts'
import { keysOf } from '../keys/key-map.ts'
import { Button } from '../ui/Button.tsx'
import { SelectField, TextField } from '../ui/inputs.tsx'
import { KeyRow } from './KeyRow.tsx'
import './KeysSettings.css'
import { Section } from './Section.tsx'

const presets = [
  { value: 'maskbench', text: 'Maskbench' },
  { value: 'cvat', text: 'As in CVAT' },
] as const

interface KeysSettingsProps {
  settings: UserSettings
  onChange: (part: Partial<UserSettings>) => void
}

function matches(name: ActionName, wanted: string, settings: UserSettings): boolean {
  const text = [actions[name].title, ...keysOf(name, settings)].join(' ').toLowerCase()
  return text.includes(wanted.trim().toLowerCase())
}

/** Every action with its keys, which can be changed. */
export function KeysSettings({ settings, onChange }: KeysSettingsProps) {
  const [wanted, setWanted] = useState('')
  const found = actionNames.filter((name) => matches(name, wanted, settings))
  const changed = Object.keys(settings.keys).length
  const setKeys = (changes: Partial<Record<ActionName, readonly string[] | null>>): void => {
    const keys = { ...settings.keys }
    for (const [name, chords] of Object.entries(changes)) {
      if (chords) keys[name] = [...chords]
      else delete keys[name]
    }
    onChange({ keys })
  }
  return (
    <Section title="Keys">
      <div className="keys-head">
        <SelectField
          label="Start from"
          value={settings.keyPreset}
          options={presets}
          onChange={(keyPreset) => onChange({ keyPreset })}
        />
        <TextField label="Find" type="search" value={wanted} onChange={setWanted} />
        <Button disabled={changed === 0} onClick={() => onChange({ keys: {} })}>
          Reset all keys
        </Button>
      </div>
      {actionGroups.map((group) => {
        const names = found.filter((name) => actions[name].group === group)
        if (names.length === 0) return null
        return (
          <section key={group} aria-label={group}>
            <h3 className="keys-title">{group}</h3>
            <ul className="keys-list">
              {names.map((name) => (
                <KeyRow key={name} name={name} settings={settings} onChange={setKeys} />
              ))}
            </ul>
          </section>
        )
      })}
      {found.length === 0 && <p>No action is called that.</p>}
    </Section>
  )
}
