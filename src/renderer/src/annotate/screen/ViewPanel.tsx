import { useAction } from '../../keys/use-action.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { Slider } from '../../ui/Slider.tsx'
import { useLabel, usePaintSettings } from './label-context.ts'

/** How mask and picture are seen. */
export function ViewPanel() {
  const { settings } = useLabel()
  const { opacity, onion, backdrop, showsRegions } = usePaintSettings()
  useAction('mask.onion', () => settings.change({ onion: !onion }))
  useAction('mask.background', () =>
    settings.change({ backdrop: backdrop === 'ghost' ? 'picture' : 'ghost' }),
  )
  return (
    <Panel title="View">
      <Slider
        label="Opacity of the mask"
        value={opacity}
        {...{ min: 10, max: 100, step: 5, unit: ' %' }}
        onChange={(value) => settings.change({ opacity: value })}
      />
      <Segmented
        label="Picture"
        value={backdrop}
        options={[
          { value: 'picture', text: 'Frame' },
          { value: 'ghost', text: 'Ghost' },
          { value: 'difference', text: 'Difference' },
        ]}
        onChange={(next) => settings.change({ backdrop: next })}
      />
      <Checkbox
        label="Outline of the previous mask"
        checked={onion}
        onChange={(next) => settings.change({ onion: next })}
      />
      <Checkbox
        label="Outlines of the regions"
        checked={showsRegions}
        onChange={(next) => settings.change({ showsRegions: next })}
      />
    </Panel>
  )
}
