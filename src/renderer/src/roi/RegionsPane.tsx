import { useEffect, useState } from 'react'
import type { Size } from '../../../shared/recipe.ts'
import { StagePane } from '../canvas/StagePane.tsx'
import type { Stage } from '../canvas/stage.ts'
import { useSketch } from '../canvas/use-sketch.ts'
import { useStageKeys } from '../canvas/use-stage-keys.ts'
import { useStore } from '../state/use-store.ts'
import type { ShownPicture } from '../tape/tape-picture.ts'
import { Notice } from '../ui/Notice.tsx'
import { Waiting } from '../ui/Waiting.tsx'
import { RegionToolbar } from './RegionToolbar.tsx'
import { regionMarks } from './region-marks.ts'
import type { RegionsEditor } from './regions-editor.ts'
import type { RegionTools } from './tools.ts'
import { useToolPointer } from './use-tool-pointer.ts'

interface RegionsPaneProps {
  editor: RegionsEditor
  tools: RegionTools
  shown: ShownPicture
  size: Size
  canEdit: boolean
  onRetry: () => void
}

/** The straightened picture with the regions on it. */
export function RegionsPane({ editor, tools, shown, size, canEdit, onRetry }: RegionsPaneProps) {
  const [stage, setStage] = useState<Stage | null>(null)
  const sketch = useSketch(stage)
  const view = useStore(editor)
  const tool = useStore(tools)
  useStageKeys(stage)
  useToolPointer(stage, tools, canEdit)
  useEffect(() => stage?.setPicture(shown.picture, size), [stage, shown.picture, size])
  useEffect(() => sketch?.set(regionMarks(view, tool)), [sketch, view, tool])
  return (
    <StagePane
      title="Regions"
      label="The straightened picture with the regions on it"
      about={hintFor(tool.tool, tool.drawing.length)}
      stage={stage}
      onStage={setStage}
      actions={<RegionToolbar {...{ editor, tools, canEdit }} />}
    >
      {!shown.picture && !shown.error && (
        <div className="stage-waiting">
          <Waiting text="Opening the tape…" />
        </div>
      )}
      {shown.error && (
        <div className="stage-problem">
          <Notice error={shown.error} action="Try again" onAction={onRetry} />
        </div>
      )}
      {view.problem && (
        <p className="stage-note" role="alert">
          {view.problem}
        </p>
      )}
    </StagePane>
  )
}

function hintFor(tool: 'select' | 'polygon' | 'rectangle', points: number): string {
  if (tool === 'rectangle') return 'Drag from corner to corner'
  if (tool === 'select') return ''
  if (points === 0) return 'Click the corners of the place'
  return points < 4 ? 'Click the next corner' : 'Click the first corner again, or press Enter'
}
