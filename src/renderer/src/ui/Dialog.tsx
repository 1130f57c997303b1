import { type ReactNode, useEffect, useId, useRef } from 'react'
import { IconButton } from './IconButton.tsx'
import { CloseIcon } from './icons.tsx'
import './Dialog.css'

interface DialogProps {
  title: string
  /** Called on Escape, on the close button and on a click beside it. */
  onClose: () => void
  /** Buttons at its foot, the one that goes on last. */
  actions?: ReactNode
  size?: 'small' | 'normal' | 'wide'
  children: ReactNode
}

/** The first field, or else the button that most people want. */
function firstToUse(dialog: HTMLDialogElement): HTMLElement | null {
  const wanted = [
    '.dialog-body :is(input, select, textarea, button):not(:disabled)',
    '.dialog-actions .button-primary:not(:disabled)',
    '.dialog-actions button',
  ]
  for (const selector of wanted) {
    const found = dialog.querySelector<HTMLElement>(selector)
    if (found) return found
  }
  return null
}

/** A modal dialog, there as long as it is mounted. What had the focus before gets it back. */
export function Dialog({ title, onClose, actions, size = 'normal', children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const dialog = ref.current
    dialog?.showModal()
    if (dialog) firstToUse(dialog)?.focus()
    return () => dialog?.close()
  }, [])
  return (
    // Escape closes it for the keyboard, as `onCancel`; the click beside it is the pointer's way.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <dialog
      className="dialog"
      data-size={size}
      ref={ref}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose()
      }}
    >
      <div className="dialog-sheet">
        <header className="dialog-header">
          <h2 className="dialog-title" id={id}>
            {title}
          </h2>
          <IconButton label="Close" icon={<CloseIcon />} side="left" onClick={onClose} />
        </header>
        <div className="dialog-body">{children}</div>
        {actions && <footer className="dialog-actions">{actions}</footer>}
      </div>
    </dialog>
  )
}
