import { useStore } from '../../state/use-store.ts'
import { Button } from '../../ui/Button.tsx'
import { CheckIcon, WarningIcon } from '../../ui/icons.tsx'
import type { JournalState } from '../journal/journal.ts'
import { useLabel } from './label-context.ts'

/** What is said of the way to the disk. */
export function saveText({ status, pending, refused }: JournalState): string {
  const strokes = (count: number): string => `${count} ${count === 1 ? 'stroke' : 'strokes'}`
  if (status === 'waiting') return `Not saved: ${strokes(pending)} in memory`
  if (refused > 0) return `${strokes(refused)} could not be saved`
  return status === 'saving' ? 'Saving…' : 'Saved'
}

/** Whether what was painted is on the disk; if not, why, and a button to try again. */
export function SaveState() {
  const { session } = useLabel()
  const state = useStore(session.journal)
  const isBad = state.status === 'waiting' || state.refused > 0
  return (
    <div className="save-state" data-bad={isBad} role="status">
      {isBad ? <WarningIcon /> : <CheckIcon />}
      <span title={state.problem?.message}>{saveText(state)}</span>
      {state.status === 'waiting' && (
        <>
          {state.problem && <span className="save-reason">{state.problem.message}</span>}
          <Button kind="quiet" onClick={() => session.journal.retry()}>
            Try again
          </Button>
        </>
      )}
      {state.status === 'saved' && state.refused > 0 && (
        <>
          {state.problem && <span className="save-reason">{state.problem.message}</span>}
          <Button kind="quiet" onClick={() => session.journal.dismiss()}>
            Put away
          </Button>
        </>
      )}
    </div>
  )
}
