import { useEffect, useMemo, useState } from 'react'
import { ClassPicker } from '../../annotate/screen/ClassPicker.tsx'
import { CleanUpPanel } from '../../annotate/screen/CleanUpPanel.tsx'
import { type Label, LabelContext } from '../../annotate/screen/label-context.ts'
import '../../annotate/screen/panels.css'
import { StatusBar } from '../../annotate/screen/StatusBar.tsx'
import { ToolBar } from '../../annotate/screen/ToolBar.tsx'
import { ToolOptions } from '../../annotate/screen/ToolOptions.tsx'
import { useJournalFull } from '../../annotate/screen/use-journal-full.ts'
import { useMaskOpacity, usePaintKeys } from '../../annotate/screen/use-label-keys.ts'
import { usePainterPointer } from '../../annotate/screen/use-painter-pointer.ts'
import { type StageParts, useStageParts } from '../../annotate/screen/use-stage-parts.ts'
import { paintSettings, sessionOf } from '../../annotate/session/label-session.ts'
import { StageView } from '../../canvas/StageView.tsx'
import type { Stage } from '../../canvas/stage.ts'
import { useStageKeys } from '../../canvas/use-stage-keys.ts'
import { useProject } from '../../state/project-context.tsx'
import { useServices } from '../../state/services.tsx'
import { useStore } from '../../state/use-store.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { ClassLegend } from '../browse/ClassLegend.tsx'
import { useSet } from '../use-sets.ts'
import { AboutPicture } from './AboutPicture.tsx'
import { DeskBar, type DeskPlace } from './DeskBar.tsx'
import type { SetPicture } from './load-picture.ts'
import { useShownPicture } from './use-shown-picture.ts'
import './PictureDesk.css'

interface PictureDeskProps {
  /** Of the picture in its set. */
  position: number
  /** Where it stands among those that are looked through. */
  place: DeskPlace
  hidden: readonly number[]
  onHidden: (hidden: readonly number[]) => void
  onGo: (index: number) => void
  onClose: () => void
}

interface WorkplaceProps extends PictureDeskProps {
  label: Label
  parts: StageParts
  picture: SetPicture | null
}

/** Tools and panels around the picture, once there is a stage. */
function Workplace({ label, parts, picture, ...props }: WorkplaceProps) {
  const { settings: chosen } = useServices()
  const { penPressure } = useStore(chosen)
  const { painter, settings, readout, stage, project, canWrite } = label
  const [isOff, setOff] = useState(false)
  const { classes } = project.state
  const toggle = (): void => setOff((before) => !before)
  usePaintKeys(label)
  useMaskOpacity(label, isOff, toggle)
  usePainterPointer({
    ...{ stage, painter, settings, readout },
    ...{ shapes: parts.shapes, usePressure: penPressure },
  })
  useEffect(() => painter.setClasses(classes), [painter, classes])
  useEffect(() => painter.setHidden(props.hidden), [painter, props.hidden])
  useEffect(() => {
    painter.isReadOnly = !canWrite
  }, [painter, canWrite])
  return (
    <LabelContext.Provider value={label}>
      <DeskBar {...props} picture={picture} isMaskOff={isOff} onToggleMask={toggle} />
      <ToolBar />
      <aside className="label-panels" aria-label="Painting">
        <ClassPicker />
        <ToolOptions />
        <ClassLegend classes={classes} hidden={props.hidden} onHidden={props.onHidden} />
        {picture && <AboutPicture image={picture.image} />}
        <CleanUpPanel />
      </aside>
      <StatusBar />
    </LabelContext.Provider>
  )
}

/** One picture of a set, large, with its mask to be painted in. */
export function PictureDesk(props: PictureDeskProps) {
  const project = useProject()
  const { id: set } = useSet()
  const session = useMemo(() => sessionOf(project), [project])
  const [stage, setStage] = useState<Stage | null>(null)
  const parts = useStageParts(stage)
  const { position } = props
  const { shown, isLoading, error, tryAgain } = useShownPicture({ session, parts, set, position })
  const isFull = useJournalFull(session.journal)
  useStageKeys(stage)
  const label: Label | null = parts && {
    ...{ project, session, shown: null, settings: paintSettings() },
    ...{ stage: parts.stage, painter: parts.painter, readout: parts.readout },
    canWrite: project.mode === 'write' && !isFull,
  }
  return (
    <div className="picture-desk">
      <div className="label-stage">
        <StageView label={`${shown?.image.name ?? 'A picture'} and its mask`} onStage={setStage} />
        {isLoading && (
          <div className="label-waiting">
            <Waiting text="The picture…" />
          </div>
        )}
        {error && (
          <div className="label-failure">
            <Notice error={error} action="Try again" onAction={tryAgain} />
          </div>
        )}
      </div>
      {label && parts && <Workplace {...props} label={label} parts={parts} picture={shown} />}
    </div>
  )
}
