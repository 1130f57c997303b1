import { useEffect, useState } from 'react'
import type { DeviceInfo, UserSettings } from '../../../shared/contract/settings.ts'
import { useServices } from '../state/services.tsx'
import { Checkbox } from '../ui/Checkbox.tsx'
import { NumberField, SelectField } from '../ui/inputs.tsx'
import { Section } from './Section.tsx'

interface Option {
  value: string
  text: string
  disabled?: boolean
}

/** Devices of this machine; those it lacks are shown with why. */
function useDevices(): readonly DeviceInfo[] {
  const { engine } = useServices()
  const [devices, setDevices] = useState<readonly DeviceInfo[]>([])
  useEffect(() => {
    // Without an answer the choice is between 'auto' and what is set.
    engine.client.call('devices.list', {}).then(setDevices, () => setDevices([]))
  }, [engine])
  return devices
}

function optionsOf(devices: readonly DeviceInfo[], chosen: string): Option[] {
  const automatic = { value: 'auto', text: 'The fastest there is' }
  const listed = devices
    .filter(({ name }) => name !== 'auto')
    .map(({ name, title, available, reason }) => ({
      value: name,
      text: available || reason === '' ? title : `${title} (${reason})`,
      disabled: !available,
    }))
  const known = [automatic, ...listed]
  return known.some(({ value }) => value === chosen)
    ? known
    : [...known, { value: chosen, text: chosen }]
}

interface ComputingSettingsProps {
  settings: UserSettings
  onChange: (part: Partial<UserSettings>) => void
}

/** What networks run on. */
export function ComputingSettings({ settings, onChange }: ComputingSettingsProps) {
  const devices = useDevices()
  const { device, threads } = settings
  return (
    <Section title="Computing">
      <SelectField
        label="Networks run on"
        value={device}
        options={optionsOf(devices, device)}
        onChange={(next) => onChange({ device: next })}
      />
      <Checkbox
        label="Use every processor core"
        hint="Leave some free where this machine has other work to do."
        checked={threads === null}
        onChange={(all) => onChange({ threads: all ? null : (navigator.hardwareConcurrency ?? 2) })}
      />
      {threads !== null && (
        <NumberField
          label="Processor threads"
          value={threads}
          min={1}
          max={256}
          onCommit={(next) => onChange({ threads: Math.round(next) })}
        />
      )}
    </Section>
  )
}
