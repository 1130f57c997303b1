import { useAction } from '../../keys/use-action.ts'
import { Button } from '../../ui/Button.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Slider } from '../../ui/Slider.tsx'
import { dropSpecks, fillHoles, grow, invert, shrink, smooth } from '../raster/clean-up.ts'
import { useLabel, usePaintSettings } from './label-context.ts'

/** Puts the chosen class in order; each button is one step that can be undone. */
export function CleanUpPanel() {
  const { settings, painter, canWrite } = useLabel()
  const { speckPixels, cleanUpRadius } = usePaintSettings()
  useAction('mask.invert', () => painter.cleanUp(invert), canWrite)
  useAction('mask.clear', () => painter.clear(), canWrite)
  const actions: readonly [string, () => void][] = [
    ['Fill holes', () => painter.cleanUp(fillHoles)],
    ['Drop specks', () => painter.cleanUp((mask, index) => dropSpecks(mask, index, speckPixels))],
    ['Grow', () => painter.cleanUp((mask, index) => grow(mask, index, cleanUpRadius))],
    ['Shrink', () => painter.cleanUp((mask, index) => shrink(mask, index, cleanUpRadius))],
    ['Smooth', () => painter.cleanUp((mask, index) => smooth(mask, index, cleanUpRadius))],
    ['Invert', () => painter.cleanUp(invert)],
    ['Clear', () => painter.clear()],
  ]
  return (
    <Panel title="Clean up">
      <div className="clean-up-buttons">
        {actions.map(([text, act]) => (
          <Button key={text} disabled={!canWrite} onClick={act}>
            {text}
          </Button>
        ))}
      </div>
      <Slider
        label="Grow, shrink, smooth by"
        value={cleanUpRadius}
        {...{ min: 1, max: 20, unit: ' px' }}
        onChange={(value) => settings.change({ cleanUpRadius: value })}
      />
      <Slider
        label="Specks are smaller than"
        value={speckPixels}
        {...{ min: 1, max: 500, unit: ' px' }}
        onChange={(value) => settings.change({ speckPixels: value })}
      />
    </Panel>
  )
}
