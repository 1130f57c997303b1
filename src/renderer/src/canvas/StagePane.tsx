import type { ReactNode } from 'react'
import { IconButton } from '../ui/IconButton.tsx'
import { FitIcon, ZoomInIcon, ZoomOutIcon } from './icons.tsx'
import { StageView } from './StageView.tsx'
import './StagePane.css'
import type { Stage } from './stage.ts'
import { useScale } from './use-scale.ts'

interface StagePaneProps {
  title: string
  /** What the picture shows, for those who cannot see it. */
  label: string
  stage: Stage | null
  onStage: (stage: Stage | null) => void
  /** Words behind the title. */
  about?: ReactNode
  /** Buttons at the right of the title. */
  actions?: ReactNode
  /** The pointer or the focus came to it. */
  onEnter?: () => void
  /** What lies over the picture, such as a notice. */
  children?: ReactNode
}

/** A picture with a title and the buttons of its view. */
export function StagePane({
  title,
  label,
  stage,
  onStage,
  about,
  actions,
  onEnter,
  children,
}: StagePaneProps) {
  const scale = useScale(stage)
  const zoom = (factor: number): void => stage?.viewport.zoomTo(stage.scale * factor)
  return (
    <section className="stage-pane" aria-label={title} onPointerEnter={onEnter} onFocus={onEnter}>
      <header className="stage-pane-header">
        <h2 className="stage-pane-title">{title}</h2>
        <span className="stage-pane-about">{about}</span>
        {actions}
        <IconButton
          label="Zoom out"
          icon={<ZoomOutIcon />}
          action="view.zoomOut"
          onClick={() => zoom(1 / 1.25)}
        />
        <output className="stage-pane-scale" aria-label="Zoom">
          {Math.round(scale * 100)} %
        </output>
        <IconButton
          label="Zoom in"
          icon={<ZoomInIcon />}
          action="view.zoomIn"
          onClick={() => zoom(1.25)}
        />
        <IconButton
          label="Show all of the picture"
          icon={<FitIcon />}
          action="view.fit"
          side="left"
          onClick={() => stage?.fit()}
        />
      </header>
      <div className="stage-pane-picture">
        <StageView label={label} onStage={onStage} />
        {children}
      </div>
    </section>
  )
}
