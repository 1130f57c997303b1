import type { ReactNode } from 'react'
import type { ActionName } from '../keys/actions.ts'
import { KeysOf } from './Keycap.tsx'
import './Tooltip.css'

export interface TooltipProps {
  text: string
  /** Its keys are shown behind the text. */
  action?: ActionName | undefined
  side?: 'above' | 'below' | 'right' | 'left'
  children: ReactNode
}

/** A tip that shows when the pointer rests on something or the keyboard's focus is on it. */
export function Tooltip({ text, action, side = 'below', children }: TooltipProps) {
  return (
    <span className="tooltip-anchor">
      {children}
      {/* The same text names what it is about; it would be read out twice. */}
      <span className="tooltip" data-side={side} aria-hidden="true">
        {text}
        {action && <KeysOf action={action} first />}
      </span>
    </span>
  )
}
