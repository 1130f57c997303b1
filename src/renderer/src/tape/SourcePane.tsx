import { useCallback, useEffect, useState } from 'react'
import type { Recipe } from '../../../shared/recipe.ts'
import { StagePane } from '../canvas/StagePane.tsx'
import type { Stage } from '../canvas/stage.ts'
import { useSketch } from '../canvas/use-sketch.ts'
import { useStageKeys } from '../canvas/use-stage-keys.ts'
import { useStore } from '../state/use-store.ts'
import { Waiting } from '../ui/Waiting.tsx'
import { cropHandles } from './crop-handles.ts'
import type { Handle } from './handles.ts'
import { lensHandles } from './lens-handles.ts'
import type { RecipeEditor } from './recipe-editor.ts'
import { sourceMarks } from './recipe-marks.ts'
import type { ShownPicture } from './tape-picture.ts'
import { useHandles } from './use-handles.ts'

interface SourcePaneProps {
  editor: RecipeEditor
  shown: ShownPicture
  canEdit: boolean
  /** Whether the keys of the view are for it. */
  isActive: boolean
  onEnter: () => void
}

/** The tape as it is, with the lens circle, or without a lens the crop, to take hold of. */
export function SourcePane({ editor, shown, canEdit, isActive, onEnter }: SourcePaneProps) {
  const [stage, setStage] = useState<Stage | null>(null)
  const sketch = useSketch(stage)
  const { recipe } = useStore(editor)
  const { tape } = editor
  useStageKeys(stage, isActive)
  useEffect(() => stage?.setPicture(shown.picture, tape), [stage, shown.picture, tape])
  const handles = useCallback(
    (of: Recipe): Handle[] => (of.lens ? lensHandles(of, tape) : cropHandles(of, tape)),
    [tape],
  )
  useHandles({ stage, editor, handles, enabled: canEdit })
  useEffect(
    () => sketch?.set(shown.picture ? sourceMarks(recipe, canEdit ? handles(recipe) : []) : []),
    [sketch, recipe, handles, canEdit, shown.picture],
  )
  const { width, height } = tape
  return (
    <StagePane
      title="Tape"
      label="The tape’s picture as it was recorded, with the lens circle"
      about={`${width} × ${height}`}
      stage={stage}
      onStage={setStage}
      onEnter={onEnter}
    >
      {!shown.picture && !shown.error && (
        <div className="stage-waiting">
          <Waiting text="Opening the tape…" />
        </div>
      )}
    </StagePane>
  )
}
