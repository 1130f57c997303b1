import { useEffect, useMemo, useState } from 'react'
import type { LiveState } from '../../../shared/contract/live.ts'
import { StagePane } from '../canvas/StagePane.tsx'
import type { Stage } from '../canvas/stage.ts'
import { useSketch } from '../canvas/use-sketch.ts'
import { useStageKeys } from '../canvas/use-stage-keys.ts'
import { regionMarks } from '../review/picture/region-marks.ts'
import { colourAt } from '../roi/drawn-region.ts'
import { useProject } from '../state/project-context.tsx'
import { Waiting } from '../ui/Waiting.tsx'
import { statusText } from './live-text.ts'
import { useLivePicture } from './use-live-picture.ts'

/** The camera's picture with the people that the network sees in it, and the regions. */
export function LivePane({ live }: { live: LiveState }) {
  const { handle, state } = useProject()
  const [stage, setStage] = useState<Stage | null>(null)
  const sketch = useSketch(stage)
  const isThere = live.status === 'connected'
  const shown = useLivePicture(handle, isThere)
  useStageKeys(stage, true)
  const words = JSON.stringify(live.regions.map(({ id, occupied }) => [id, occupied]))
  // biome-ignore lint/correctness/useExhaustiveDependencies: `words` says what is drawn of the regions.
  const marks = useMemo(
    () =>
      regionMarks(
        live.regions.flatMap(({ id, occupied }, index) => {
          const drawn = state.regions.find((region) => region.id === id)
          const colour = colourAt(drawn?.colour ?? null, index)
          return drawn ? [{ drawn, colour, occupied, answer: null, isChosen: false }] : []
        }),
      ),
    [words, state.regions],
  )
  useEffect(() => {
    if (!stage || !shown) return
    stage.setPicture(shown.picture, shown.size)
    stage.setOverlay(shown.people)
  }, [stage, shown])
  useEffect(() => sketch?.set(marks), [sketch, marks])
  const { camera } = live
  return (
    <StagePane
      title="Camera"
      label="The camera now, with the people that the network sees and the regions"
      about={camera ? `${camera.width} × ${camera.height} · ${camera.codec}` : ''}
      // Without a picture there is nothing to zoom.
      stage={shown ? stage : null}
      onStage={setStage}
      actions={live.recording && <span className="live-recording">Recording</span>}
    >
      {(!shown || !isThere) && (
        <div className="live-waiting" data-empty={!shown}>
          <Waiting text={isThere ? 'Waiting for the first picture…' : statusText(live)} />
        </div>
      )}
    </StagePane>
  )
}
