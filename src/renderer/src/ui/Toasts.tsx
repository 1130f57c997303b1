import { useServices } from '../state/services.tsx'
import { useStore } from '../state/use-store.ts'
import { Button } from './Button.tsx'
import { IconButton } from './IconButton.tsx'
import { CheckIcon, CloseIcon, WarningIcon } from './icons.tsx'
import { Prose, sentence } from './Prose.tsx'
import './Toasts.css'

/** The messages at the window's lower edge. */
export function Toasts() {
  const { toasts } = useServices()
  const shown = useStore(toasts)
  return (
    <section className="toasts" aria-label="Messages">
      {shown.map(({ id, kind, text, hint, action }) => (
        <div
          className="toast"
          data-kind={kind}
          key={id}
          role={kind === 'failed' ? 'alert' : 'status'}
        >
          <span className="toast-icon">{kind === 'failed' ? <WarningIcon /> : <CheckIcon />}</span>
          <div className="toast-text">
            <p className="toast-message">
              <Prose text={sentence(text)} />
            </p>
            {hint && (
              <p className="toast-hint">
                <Prose text={hint} />
              </p>
            )}
          </div>
          {action && (
            <Button
              onClick={() => {
                action.perform()
                toasts.dismiss(id)
              }}
            >
              {action.text}
            </Button>
          )}
          <IconButton
            label="Put this message away"
            icon={<CloseIcon />}
            side="left"
            onClick={() => toasts.dismiss(id)}
          />
        </div>
      ))}
    </section>
  )
}
