import { useEffect, useMemo, useState } from 'react'
import { isInside } from '../../../../shared/polygon.ts'
import { StageView } from '../../canvas/StageView.tsx'
import type { Stage } from '../../canvas/stage.ts'
import { useSketch } from '../../canvas/use-sketch.ts'
import { useAction } from '../../keys/use-action.ts'
import { useProject } from '../../state/project-context.tsx'
import { useStore } from '../../state/use-store.ts'
import { useTapePicture } from '../../tape/use-tape-picture.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Icon } from '../../ui/icons.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { useReview } from '../review-context.ts'
import './picture.css'
import { isOccupied } from '../timeline/columns.ts'
import { type MarkedRegion, regionMarks } from './region-marks.ts'
import { usePrediction } from './use-prediction.ts'

/** A figure with a layer over it. */
function MaskIcon() {
  return (
    <Icon>
      <circle cx="10" cy="5.500" r="2.500" />
      <path d="M5.500 16.500c0-4.500 1.800-6.500 4.500-6.500s4.500 2 4.500 6.500M7 16.500l6-5M9.500 16.500l4.500-3.700" />
    </Icon>
  )
}

/** The regions as they are in the shown frame. */
function useMarkedRegions(): MarkedRegion[] {
  const { session, data, frame, position, isInRun, region: chosen } = useReview()
  const { state } = useProject()
  const { counts } = useStore(session.recount)
  const { answers } = useStore(session.answers)
  const regions = data.regions.flatMap((region, index): MarkedRegion[] => {
    const drawn = state.regions.find(({ id }) => id === region.id)
    const count = counts[index]
    if (!drawn || !count) return []
    return [
      {
        ...{ drawn, colour: region.colour, isChosen: region.id === chosen.id },
        occupied: isInRun ? isOccupied(count.stretches, position) : null,
        answer: answers.get(region.id)?.get(frame) ?? null,
      },
    ]
  })
  const words = regions.map(({ occupied, answer, isChosen }) => [occupied, answer, isChosen])
  const signature = JSON.stringify(words)
  // A threshold that is dragged recounts all frames; this one seldom changes by it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the signature says what is in them.
  return useMemo(() => regions, [signature, data.regions, state.regions])
}

/** A click in a region chooses it; the chosen one stays where several lie on each other. */
function useRegionClicks(stage: Stage | null, regions: readonly MarkedRegion[]): void {
  const { session } = useReview()
  useEffect(
    () =>
      stage?.onPointer({
        down({ x, y }) {
          const under = regions.filter(({ drawn }) => isInside(drawn.points, [x, y]))
          const next = under.find(({ isChosen }) => isChosen) ?? under.at(-1)
          if (next) session.desk.chooseRegion(next.drawn.id)
        },
      }),
    [stage, regions, session],
  )
}

/** The shown frame with what the network sees in it, and the regions. */
export function ReviewPicture() {
  const { data, tape, frame, isInRun } = useReview()
  const { state } = useProject()
  const [stage, setStage] = useState<Stage | null>(null)
  const [showsMask, setShowsMask] = useState(true)
  const sketch = useSketch(stage)
  const recipe = state.recipe
  const { shown, store } = useTapePicture(tape.id, frame, 'recipe', recipe?.geometryHash ?? '')
  const prediction = usePrediction(
    { tape: tape.id, run: data.review.run.id, version: data.scoresKey },
    frame,
    isInRun,
  )
  const regions = useMarkedRegions()
  const marks = useMemo(() => regionMarks(regions), [regions])
  useAction('review.hideMask', () => setShowsMask((before) => !before))
  useRegionClicks(stage, regions)
  useEffect(() => {
    if (stage && recipe) stage.setPicture(shown.picture, recipe.recipe.size)
  }, [stage, shown.picture, recipe])
  useEffect(() => {
    const isOfThis = prediction !== null && prediction.frame === shown.frame
    stage?.setOverlay(showsMask && isOfThis ? prediction.canvas : null)
  }, [stage, showsMask, prediction, shown.frame])
  useEffect(() => sketch?.set(marks), [sketch, marks])
  return (
    <div className="review-stage">
      <StageView
        label={`Frame ${frame} with its regions and what the network sees`}
        onStage={setStage}
      />
      <div className="review-stage-tools">
        <IconButton
          label={showsMask ? 'Hide what the network sees' : 'Show what the network sees'}
          icon={<MaskIcon />}
          action="review.hideMask"
          side="left"
          pressed={showsMask}
          onClick={() => setShowsMask(!showsMask)}
        />
      </div>
      {!shown.picture && !shown.error && (
        <div className="review-waiting">
          <Waiting text={`Frame ${frame}…`} />
        </div>
      )}
      {shown.error && (
        <div className="review-problem">
          <Notice error={shown.error} action="Try again" onAction={() => store.want(frame)} />
        </div>
      )}
      {!isInRun && (
        <p className="review-note" role="status">
          The network has not looked at this frame.
        </p>
      )}
    </div>
  )
}
