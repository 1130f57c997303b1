import type { Recipe, View } from '../../../shared/recipe.ts'
import { Button } from '../ui/Button.tsx'
import { Checkbox } from '../ui/Checkbox.tsx'
import { Panel } from '../ui/Panel.tsx'
import { Slider } from '../ui/Slider.tsx'
import type { RecipeEditor } from './recipe-editor.ts'
import { hasSquarePixels, withView } from './recipe-edits.ts'

/** Where the straightened picture looks, and how much of the room it shows. */
export function ViewPanel({ editor, recipe }: { editor: RecipeEditor; recipe: Recipe }) {
  const { view } = recipe
  if (!view) return null
  const isSquare = hasSquarePixels(recipe)
  const set = (change: Partial<View>, key: string, square = isSquare): void =>
    editor.change((before) => withView(before, change, square), key)
  const angle = (
    name: keyof View,
    label: string,
    limit: readonly [number, number],
    disabled = false,
  ) => (
    <Slider
      label={label}
      value={view[name]}
      min={limit[0]}
      max={limit[1]}
      step={0.5}
      digits={1}
      unit="°"
      disabled={disabled}
      onChange={(value) => set({ [name]: value }, name)}
      onCommit={() => editor.settle()}
    />
  )
  const isAhead = view.yaw === 0 && view.pitch === 0 && view.roll === 0
  return (
    <Panel
      title="View"
      actions={
        <Button
          kind="quiet"
          disabled={isAhead}
          onClick={() => set({ yaw: 0, pitch: 0, roll: 0 }, 'ahead')}
        >
          Look straight
        </Button>
      }
    >
      {angle('yaw', 'Left – right', [-120, 120])}
      {angle('pitch', 'Down – up', [-90, 90])}
      {angle('roll', 'Turn', [-180, 180])}
      {angle('hfov', 'Width', [20, 160])}
      {angle('vfov', 'Height', [10, 160], isSquare)}
      <Checkbox
        label="Keep proportions natural"
        hint="The height follows from the width."
        checked={isSquare}
        onChange={(square) => {
          if (square) set({}, 'square', true)
          else set({ vfov: Math.min(160, view.vfov + 0.1) }, 'square', false)
        }}
      />
    </Panel>
  )
}
