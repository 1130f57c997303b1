import { useEffect, useMemo, useState } from 'react'
import type { Tape } from '../../../shared/contract/state.ts'
import type { Size } from '../../../shared/recipe.ts'
import { StageView } from '../canvas/StageView.tsx'
import type { Stage } from '../canvas/stage.ts'
import { useStageKeys } from '../canvas/use-stage-keys.ts'
import { colourOf, fromSaved } from '../roi/drawn-region.ts'
import { useFrameCursor } from '../state/frame-cursor.ts'
import { useProject } from '../state/project-context.tsx'
import { useServices } from '../state/services.tsx'
import { useStore } from '../state/use-store.ts'
import { Button } from '../ui/Button.tsx'
import { Empty } from '../ui/Empty.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Waiting } from '../ui/Waiting.tsx'
import './LabelScreen.css'
import { ClassPicker } from './screen/ClassPicker.tsx'
import { CleanUpPanel } from './screen/CleanUpPanel.tsx'
import { LabelBar } from './screen/LabelBar.tsx'
import { type Label, LabelContext } from './screen/label-context.ts'
import './screen/panels.css'
import { ProposalPanel } from './screen/ProposalPanel.tsx'
import { StatusBar } from './screen/StatusBar.tsx'
import { Strip } from './screen/Strip.tsx'
import { ToolBar } from './screen/ToolBar.tsx'
import { ToolOptions } from './screen/ToolOptions.tsx'
import { useJournalFull } from './screen/use-journal-full.ts'
import { useLabelActions } from './screen/use-label-actions.ts'
import { useLabelKeys, useMaskOpacity } from './screen/use-label-keys.ts'
import { useNewNetwork } from './screen/use-new-network.ts'
import { usePainterPointer } from './screen/use-painter-pointer.ts'
import { useShownFrame } from './screen/use-shown-frame.ts'
import { type StageParts, useStageParts } from './screen/use-stage-parts.ts'
import { useBackdrop, useOnion, useProposal } from './screen/use-views.ts'
import { ViewPanel } from './screen/ViewPanel.tsx'
import { paintSettings, sessionOf } from './session/label-session.ts'

/** Hands the project's classes, regions and rights to the painter. */
function usePainterProject(label: Label, { shapes }: StageParts): void {
  const { painter, project, settings, canWrite } = label
  const { showsRegions } = useStore(settings)
  const { classes, regions } = project.state
  useEffect(() => painter.setClasses(classes), [painter, classes])
  useEffect(() => {
    painter.regions = regions.map(({ points }) => points)
    // As they look on the screen where they are drawn.
    const drawn = fromSaved(regions).map((region, index) => ({
      points: region.points,
      colour: colourOf(region, index),
    }))
    shapes.setRegions(showsRegions ? drawn : [])
  }, [painter, shapes, regions, showsRegions])
  useEffect(() => {
    painter.isReadOnly = !canWrite
  }, [painter, canWrite])
}

/** The parts around the picture, once there is a stage. */
function Workplace({ label, parts, tape }: { label: Label; parts: StageParts; tape: Tape }) {
  const { settings: chosen } = useServices()
  const { penPressure } = useStore(chosen)
  const [isHidden, setHidden] = useState(false)
  const { painter, settings, readout, stage } = label
  const actions = useLabelActions(label)
  const backdropError = useBackdrop(label)
  const proposal = useProposal(label)
  const toggleHidden = (): void => setHidden((before) => !before)
  useOnion(label)
  useNewNetwork(label)
  usePainterProject(label, parts)
  useLabelKeys(label, actions)
  useMaskOpacity(label, isHidden, toggleHidden)
  usePainterPointer({
    ...{ stage, painter, settings, readout },
    shapes: parts.shapes,
    usePressure: penPressure,
  })
  return (
    <LabelContext.Provider value={label}>
      <LabelBar actions={actions} isHidden={isHidden} onToggleHidden={toggleHidden} />
      <ToolBar />
      <aside className="label-panels" aria-label="Painting">
        <ClassPicker />
        <ToolOptions />
        <ProposalPanel proposal={proposal} />
        <ViewPanel />
        {backdropError && <p className="label-panel-error">{backdropError.message}</p>}
        <CleanUpPanel />
      </aside>
      <StatusBar />
      <Strip tape={tape} />
    </LabelContext.Provider>
  )
}

interface PaintingProps {
  tape: Tape
  geometry: string
  size: Size
}

function Painting({ tape, geometry, size }: PaintingProps) {
  const project = useProject()
  const { frame } = useFrameCursor()
  const session = useMemo(() => sessionOf(project), [project])
  const [stage, setStage] = useState<Stage | null>(null)
  const [attempt, setAttempt] = useState(0)
  const parts = useStageParts(stage)
  const painter = parts?.painter ?? null
  const { shown, isLoading, error } = useShownFrame({
    ...{
      session,
      stage,
      painter,
      tape: tape.id,
      frames: tape.frames,
      frame,
      geometry,
      attempt,
      size,
    },
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: an open project and a tape that is found give more.
  useEffect(() => {
    if (error) setAttempt((before) => before + 1)
  }, [project.times, tape.missing])
  const isFull = useJournalFull(session.journal)
  useStageKeys(stage)
  const label: Label | null = parts && {
    ...{ project, session, shown, settings: paintSettings() },
    ...{ stage: parts.stage, painter: parts.painter, readout: parts.readout },
    canWrite: project.mode === 'write' && !isFull,
  }
  return (
    <div className="label-screen">
      <div className="label-stage">
        <StageView label={`Frame ${frame} and its mask`} onStage={setStage} />
        {isLoading && (
          <div className="label-waiting">
            <Waiting text={`Frame ${frame}…`} />
          </div>
        )}
        {error && (
          <div className="label-failure">
            <Notice error={error} action="Try again" onAction={() => setAttempt(attempt + 1)} />
          </div>
        )}
      </div>
      {label && parts && <Workplace label={label} parts={parts} tape={tape} />}
    </div>
  )
}

/** Painting people, frame by frame. */
export function LabelScreen() {
  const { state } = useProject()
  const { tape } = useFrameCursor()
  const { route } = useServices()
  const toTape = (
    <Button kind="primary" onClick={() => route.show('tape')}>
      Go to Tape
    </Button>
  )
  if (!tape)
    return (
      <Empty title="There is no tape to paint on yet" action={toTape}>
        <p>Add a tape first; its frames are painted here.</p>
      </Empty>
    )
  if (tape.frames === 0)
    return (
      <Empty title="This tape has no frames" action={toTape}>
        <p>Choose another tape, or add one that can be read.</p>
      </Empty>
    )
  if (!state.recipe)
    return (
      <Empty title="Choose the picture first" action={toTape}>
        <p>
          Masks are painted on the straightened picture. Say on the Tape screen what of the tape it
          shows, and how large.
        </p>
      </Empty>
    )
  return (
    <Painting
      key={tape.id}
      tape={tape}
      geometry={state.recipe.geometryHash}
      size={state.recipe.recipe.size}
    />
  )
}
