import type { Lens } from '../../../shared/recipe.ts'
import { Button } from '../ui/Button.tsx'
import { NumberField } from '../ui/inputs.tsx'
import { Panel } from '../ui/Panel.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { Slider } from '../ui/Slider.tsx'
import type { RecipeEditor } from './recipe-editor.ts'
import { plainRecipe, withFisheye, withLens } from './recipe-edits.ts'

interface LensPanelProps {
  editor: RecipeEditor
  lens: Lens | null
  isGuessing: boolean
  onGuess: () => void
}

const kinds = [
  { value: 'plain', text: 'Ordinary' },
  { value: 'fisheye', text: 'Fisheye' },
] as const

/** What kind of camera it is, and where a fisheye's image circle lies. */
export function LensPanel({ editor, lens, isGuessing, onGuess }: LensPanelProps) {
  const { tape } = editor
  const set = (change: Partial<Lens>, key: string): void =>
    editor.change((recipe) => withLens(recipe, change, tape), key)
  const settle = (): void => editor.settle()
  return (
    <Panel title="Camera">
      <Segmented
        label="Lens"
        value={lens ? 'fisheye' : 'plain'}
        options={kinds}
        onChange={(kind) =>
          editor.change(() => (kind === 'fisheye' ? withFisheye(tape) : plainRecipe(tape)))
        }
      />
      <Button disabled={isGuessing} onClick={onGuess}>
        {isGuessing ? 'Looking at the tape…' : 'Guess for me'}
      </Button>
      {!lens && (
        <p className="recipe-about">
          A camera that looks down from the ceiling and shows a round picture has a fisheye lens.
        </p>
      )}
      {lens && (
        <>
          <p className="recipe-about">
            Drag the circle onto the rim of the round picture, and its knobs to make it fit. The
            yellow dot is where the view looks.
          </p>
          <div className="recipe-numbers">
            <NumberField
              label="Centre x"
              value={lens.cx}
              digits={1}
              step={0.5}
              min={0}
              max={tape.width}
              onCommit={(cx) => set({ cx }, 'cx')}
            />
            <NumberField
              label="Centre y"
              value={lens.cy}
              digits={1}
              step={0.5}
              min={0}
              max={tape.height}
              onCommit={(cy) => set({ cy }, 'cy')}
            />
            <NumberField
              label="Radius"
              value={lens.radius}
              digits={1}
              step={0.5}
              min={8}
              max={2 * Math.max(tape.width, tape.height)}
              onCommit={(radius) => set({ radius }, 'radius')}
            />
          </div>
          <Slider
            label="Angle of the circle"
            value={lens.fov}
            min={100}
            max={240}
            unit="°"
            onChange={(fov) => set({ fov }, 'fov')}
            onCommit={settle}
          />
        </>
      )}
    </Panel>
  )
}
