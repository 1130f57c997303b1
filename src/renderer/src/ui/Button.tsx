import type { ComponentProps, ReactNode } from 'react'
import './Button.css'
import { classNames } from './class-names.ts'

export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger'

export interface ButtonProps extends ComponentProps<'button'> {
  /** One primary button a view: what most people want next. */
  kind?: ButtonKind
  icon?: ReactNode
  size?: 'normal' | 'large'
}

/** A button with words on it. */
export function Button({
  kind = 'plain',
  size = 'normal',
  icon,
  className,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classNames(
        'button',
        `button-${kind}`,
        size === 'large' && 'button-large',
        className,
      )}
    >
      {icon}
      {children !== undefined && <span className="button-text">{children}</span>}
    </button>
  )
}
