import type { ComponentProps, ReactNode } from 'react'
import type { ActionName } from '../keys/actions.ts'
import { classNames } from './class-names.ts'
import './IconButton.css'
import { Tooltip } from './Tooltip.tsx'

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label' | 'title'> {
  /** What it does: its name for screen readers and the text of its tip. */
  label: string
  icon: ReactNode
  /** Shown in the tip with the key that does the same. */
  action?: ActionName
  /** For a button that stays down; absent for one that acts once. */
  pressed?: boolean
  /** Where the tip goes. */
  side?: 'above' | 'below' | 'right' | 'left'
}

/**
 * A button that is a picture. A click leaves the focus where it is, so that the keys of the picture
 * below go on working.
 */
export function IconButton({
  label,
  icon,
  action,
  pressed,
  side = 'below',
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label} action={action} side={side}>
      <button
        type="button"
        onMouseDown={(event) => event.preventDefault()}
        {...rest}
        aria-label={label}
        aria-pressed={pressed}
        className={classNames('icon-button', className)}
      >
        {icon}
      </button>
    </Tooltip>
  )
}
