import { useCallback, useEffect, useMemo, useState } from 'react'
import { cropOf } from '../../../shared/geometry.ts'
import type { Recipe } from '../../../shared/recipe.ts'
import { StagePane } from '../canvas/StagePane.tsx'
import type { Stage } from '../canvas/stage.ts'
import { useSketch } from '../canvas/use-sketch.ts'
import { useStageKeys } from '../canvas/use-stage-keys.ts'
import { useAction } from '../keys/use-action.ts'
import { useStore } from '../state/use-store.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { cropHandles } from './crop-handles.ts'
import type { Handle } from './handles.ts'
import { GridIcon } from './icons.tsx'
import { draggedView } from './lens-handles.ts'
import type { RecipeEditor } from './recipe-editor.ts'
import { cropRoom } from './recipe-edits.ts'
import { cropMarks, gridMarks } from './recipe-marks.ts'
import type { ShownPicture } from './tape-picture.ts'
import { useHandles } from './use-handles.ts'
import { usePreview } from './use-preview.ts'

interface ResultPaneProps {
  editor: RecipeEditor
  tape: number
  shown: ShownPicture
  canEdit: boolean
  /** Whether the keys of the view are for it. */
  isActive: boolean
  onEnter: () => void
  /** Shows all of the view, with the crop to take hold of. */
  isCropping: boolean
}

const noHandles = (): Handle[] => []

/** The picture that the project will work with. */
export function ResultPane({
  editor,
  tape,
  shown,
  canEdit,
  isActive,
  onEnter,
  isCropping,
}: ResultPaneProps) {
  const [stage, setStage] = useState<Stage | null>(null)
  const [hasGrid, setGrid] = useState(false)
  const sketch = useSketch(stage)
  const { recipe, problem } = useStore(editor)
  const { tape: tapeSize } = editor
  useStageKeys(stage, isActive)
  useAction('tape.grid', () => setGrid(!hasGrid))
  const room = cropRoom(recipe, tapeSize)
  const visible = useMemo(
    (): Recipe => (isCropping ? { ...recipe, crop: null, viewSize: null, size: room } : recipe),
    [recipe, isCropping, room],
  )
  const exactness = usePreview({ stage, tape, shown, recipe: visible, isValid: problem === null })
  const handles = useCallback((of: Recipe) => cropHandles(of, tapeSize), [tapeSize])
  useHandles({
    stage,
    editor,
    handles: isCropping ? handles : noHandles,
    enabled: canEdit,
    elsewhere: recipe.lens && !isCropping ? draggedView : undefined,
  })
  useEffect(() => {
    const grid = hasGrid ? gridMarks(visible.size) : []
    const crop = isCropping ? cropMarks(cropOf(recipe), room, handles(recipe)) : []
    sketch?.set([...grid, ...crop])
  }, [sketch, hasGrid, visible, isCropping, recipe, room, handles])
  const { width, height } = recipe.size
  return (
    <StagePane
      title="Result"
      label="The straightened picture that regions and masks are drawn on"
      about={`${width} × ${height} · ${exactness === 'exact' ? 'exact' : 'preview'}`}
      stage={stage}
      onStage={setStage}
      onEnter={onEnter}
      actions={
        <IconButton
          label={hasGrid ? 'Hide the grid' : 'Show a grid to judge straight lines by'}
          icon={<GridIcon />}
          action="tape.grid"
          pressed={hasGrid}
          onClick={() => setGrid(!hasGrid)}
        />
      }
    >
      {recipe.lens && shown.picture && canEdit && !isCropping && (
        <p className="stage-note">Drag the picture to look around</p>
      )}
    </StagePane>
  )
}
