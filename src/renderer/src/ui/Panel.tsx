import { type ReactNode, useId } from 'react'
import './Panel.css'

interface PanelProps {
  title: string
  /** Buttons at the right of its title. */
  actions?: ReactNode
  children: ReactNode
}

/** A titled part of a side bar. */
export function Panel({ title, actions, children }: PanelProps) {
  const id = useId()
  return (
    <section className="panel" aria-labelledby={id}>
      <header className="panel-header">
        <h2 className="panel-title" id={id}>
          {title}
        </h2>
        {actions && <div className="panel-actions">{actions}</div>}
      </header>
      <div className="panel-body">{children}</div>
    </section>
  )
}
