import { useStore } from '../../state/use-store.ts'
import { Button } from '../../ui/Button.tsx'
import { CheckIcon, WarningIcon } from '../../ui/icons.tsx'
import { saveText } from '../journal/save-text.ts'
import { useLabel } from './label-context.ts'

/** Whether what was painted is on the disk; if not, why, and a button to try again. */
export function SaveState() {
  const { session } = useLabel()
  const state = useStore(session.journal)
  const { status, problem, refused, isFull } = state
  const isBad = status === 'waiting' || refused > 0
  const { journal } = session
  return (
    <div className="save-state" data-bad={isBad} role="status">
      {isBad ? <WarningIcon /> : <CheckIcon />}
      <span title={problem?.message}>{saveText(state)}</span>
      {isBad && problem && (
        <span className="save-reason" title={`${problem.message}. ${problem.hint}`}>
          {isFull ? 'Painting goes on once they are saved: ' : ''}
          {problem.message}
        </span>
      )}
      {status === 'waiting' && (
        <Button kind="quiet" onClick={() => journal.retry()}>
          Try again
        </Button>
      )}
      {status === 'saved' && refused > 0 && (
        <Button kind="quiet" onClick={() => journal.dismiss()}>
          Put away
        </Button>
      )}
    </div>
  )
}
