import { useState } from 'react'
import { cropOf } from '../../../shared/geometry.ts'
import {
  type Crop,
  maximumSide,
  minimumSide,
  type Recipe,
  type Size,
} from '../../../shared/recipe.ts'
import { Button } from '../ui/Button.tsx'
import { Checkbox } from '../ui/Checkbox.tsx'
import { NumberField } from '../ui/inputs.tsx'
import { Panel } from '../ui/Panel.tsx'
import type { RecipeEditor } from './recipe-editor.ts'
import { cropRoom, isStretched, withCrop, withoutCrop, withSize } from './recipe-edits.ts'

interface PicturePanelProps {
  editor: RecipeEditor
  recipe: Recipe
  isCropping: boolean
  onCropping: (isCropping: boolean) => void
}

/** The part that is kept. Without a lens it is always there to take hold of. */
export function CropPanel({ editor, recipe, isCropping, onCropping }: PicturePanelProps) {
  const crop = cropOf(recipe)
  const room = cropRoom(recipe, editor.tape)
  const isWhole = crop.width === room.width && crop.height === room.height
  const set = (change: Partial<Crop>, key: string): void =>
    editor.change((before) => withCrop(before, { ...cropOf(before), ...change }, editor.tape), key)
  const number = (name: keyof Crop, label: string, max: number) => (
    <NumberField
      label={label}
      value={crop[name]}
      min={name === 'x' || name === 'y' ? 0 : 8}
      max={max}
      onCommit={(value) => set({ [name]: value }, `crop ${name}`)}
    />
  )
  return (
    <Panel
      title="Crop"
      actions={
        <>
          {recipe.lens && (
            <Button
              kind={isCropping ? 'primary' : 'quiet'}
              aria-pressed={isCropping}
              onClick={() => onCropping(!isCropping)}
            >
              {isCropping ? 'Done' : 'Crop…'}
            </Button>
          )}
          {!isWhole && (
            <Button
              kind="quiet"
              onClick={() => editor.change((before) => withoutCrop(before, editor.tape))}
            >
              Show all
            </Button>
          )}
        </>
      }
    >
      {isWhole && !isCropping && <p className="recipe-about">Nothing is cut off.</p>}
      {!recipe.lens && (
        <p className="recipe-about">Drag the frame’s knobs on the tape’s picture.</p>
      )}
      {(isCropping || !isWhole) && (
        <div className="recipe-numbers recipe-numbers-four">
          {number('x', 'Left', room.width)}
          {number('y', 'Top', room.height)}
          {number('width', 'Width', room.width)}
          {number('height', 'Height', room.height)}
        </div>
      )}
    </Panel>
  )
}

/** How many pixels the result has. */
export function SizePanel({ editor, recipe }: { editor: RecipeEditor; recipe: Recipe }) {
  const [keep, setKeep] = useState(true)
  const { width, height } = recipe.size
  const set = (change: Partial<Size>): void =>
    editor.change((before) => withSize(before, change, keep), `size ${Object.keys(change).join()}`)
  return (
    <Panel title="Size of the result">
      <div className="recipe-numbers recipe-numbers-two">
        <NumberField
          label="Width"
          value={width}
          min={minimumSide}
          max={maximumSide}
          onCommit={(value) => set({ width: value })}
        />
        <NumberField
          label="Height"
          value={height}
          min={minimumSide}
          max={maximumSide}
          onCommit={(value) => set({ height: value })}
        />
      </div>
      <Checkbox label="Keep proportions" checked={keep} onChange={setKeep} />
      <p className="recipe-about">
        {isStretched(recipe)
          ? 'The picture is stretched: people look wider or taller than they are.'
          : sizeAdvice(Math.max(width, height))}
      </p>
    </Panel>
  )
}

function sizeAdvice(longest: number): string {
  if (longest > 1280) return 'Larger than the networks need: counting takes longer for little gain.'
  if (longest < 240) return 'Very small: people far away may be too few pixels to be seen.'
  return 'A good size for the networks.'
}
