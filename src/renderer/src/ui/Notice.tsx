import type { AppError } from '../../../shared/errors.ts'
import { Button } from './Button.tsx'
import './Notice.css'
import { Prose, sentence } from './Prose.tsx'

interface NoticeProps {
  error: AppError
  action: string
  onAction: () => void
}

/** What went wrong, what to do, and a button that does it. */
export function Notice({ error, action, onAction }: NoticeProps) {
  return (
    <div className="notice" role="alert">
      <div>
        <p className="notice-message">
          <Prose text={sentence(error.message)} />
        </p>
        <p className="notice-hint">
          <Prose text={error.hint} />
        </p>
      </div>
      <Button onClick={onAction}>{action}</Button>
    </div>
  )
}
