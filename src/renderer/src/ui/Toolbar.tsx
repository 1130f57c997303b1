import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import './Toolbar.css'

interface ToolbarProps {
  /** Its name for screen readers. */
  label: string
  orientation?: 'horizontal' | 'vertical'
  className?: string
  children: ReactNode
}

/** Buttons in a row or a column; `ToolbarGap` parts groups of them. */
export function Toolbar({ label, orientation = 'horizontal', className, children }: ToolbarProps) {
  return (
    <div
      role="toolbar"
      aria-label={label}
      aria-orientation={orientation}
      className={classNames('toolbar', className)}
    >
      {children}
    </div>
  )
}

export function ToolbarGap() {
  return <span className="toolbar-gap" aria-hidden="true" />
}
