import type { ReactNode } from 'react'
import './Empty.css'

interface EmptyProps {
  picture?: ReactNode
  title: string
  /** What to do next. */
  children: ReactNode
  /** The button that does it. */
  action?: ReactNode
}

/** Where there is nothing yet: what will be here, and how to get it. */
export function Empty({ picture, title, children, action }: EmptyProps) {
  return (
    <section className="empty">
      {picture}
      <h2 className="empty-title">{title}</h2>
      <div className="empty-text">{children}</div>
      {action && <div className="empty-action">{action}</div>}
    </section>
  )
}
