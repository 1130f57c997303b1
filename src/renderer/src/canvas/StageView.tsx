import './Stage.css'
import { useEffect, useRef } from 'react'
import { Stage } from './stage.ts'

interface StageViewProps {
  /** What the picture is, for those who cannot see it. */
  label: string
  /** Called with the stage when it is there, and with null when it goes. */
  onStage(stage: Stage | null): void
}

/** A place for a stage; it fills its parent, which must be positioned and have a size. */
export function StageView({ label, onStage }: StageViewProps) {
  const host = useRef<HTMLDivElement>(null)
  const listener = useRef(onStage)
  listener.current = onStage
  useEffect(() => {
    if (!host.current) return
    const stage = new Stage(host.current)
    listener.current(stage)
    return () => {
      listener.current(null)
      stage.dispose()
    }
  }, [])
  // The application role leaves arrow keys and letters to the picture's own actions.
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the picture is worked on with keys.
    <div ref={host} className="stage-host" role="application" aria-label={label} tabIndex={0} />
  )
}
