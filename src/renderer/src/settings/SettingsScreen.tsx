import type { UserSettings } from '../../../shared/contract/settings.ts'
import { useServices } from '../state/services.tsx'
import { useStore } from '../state/use-store.ts'
import { Checkbox } from '../ui/Checkbox.tsx'
import { NumberField } from '../ui/inputs.tsx'
import { Prose } from '../ui/Prose.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { CachePlace } from './CachePlace.tsx'
import { ComputingSettings } from './ComputingSettings.tsx'
import { KeysSettings } from './KeysSettings.tsx'
import { Section } from './Section.tsx'
import './SettingsScreen.css'

const themes = [
  { value: 'system', text: 'As the system' },
  { value: 'light', text: 'Light' },
  { value: 'dark', text: 'Dark' },
] as const

/** What the user chooses for all projects on this machine. */
export function SettingsScreen() {
  const { settings, toasts } = useServices()
  const chosen = useStore(settings)
  const change = (part: Partial<UserSettings>): void =>
    void settings.change(part).catch((error) => toasts.fail(error))
  return (
    <div className="settings">
      <header className="settings-header">
        <h1>Settings</h1>
        <p>They are kept at once, and are the same for all projects on this machine.</p>
      </header>
      <Section title="Look">
        <Segmented
          label="Theme"
          value={chosen.theme}
          options={themes}
          onChange={(theme) => change({ theme })}
        />
      </Section>
      <ComputingSettings settings={chosen} onChange={change} />
      <Section title="Storage">
        <NumberField
          label="Cache of each project, at most (MB)"
          hint={
            <Prose text="Pictures that can be made again, in `cache` in the project's own folder. It may be deleted at any time." />
          }
          value={chosen.cacheMegabytes}
          min={50}
          max={1_000_000}
          onCommit={(cacheMegabytes) => change({ cacheMegabytes })}
        />
        <CachePlace />
      </Section>
      <Section title="Pen">
        <Checkbox
          label="Pressure sets the size of the brush"
          hint="For pens that tell it. Without it the brush has the size that you chose."
          checked={chosen.penPressure}
          onChange={(penPressure) => change({ penPressure })}
        />
      </Section>
      <KeysSettings settings={chosen} onChange={change} />
    </div>
  )
}
