import { useState } from 'react'
import { useToasts } from '../../state/services.tsx'
import { useStore } from '../../state/use-store.ts'
import { Button } from '../../ui/Button.tsx'
import { useReview } from '../review-context.ts'
import { type Counts, equalRules } from '../state/recount.ts'
import { trialChanges, trialEffects } from './trial.ts'

const few = 4

/** What is tried, what it changes, and whether to keep it. */
export function TrialBar() {
  const { session, data, canWrite } = useReview()
  const counts = useStore(session.recount)
  const toasts = useToasts()
  const [isKeeping, setKeeping] = useState(false)
  if (equalRules(counts.kept, counts.tried)) return null
  const keep = async (): Promise<void> => {
    setKeeping(true)
    await session.keepRules().catch((error) => toasts.fail(error))
    setKeeping(false)
  }
  return (
    <div className="trial-bar" role="status">
      <p className="trial-what">
        <b>Tried, not kept:</b> {trialChanges(counts, data.regions).join(', ')}
      </p>
      <Effects counts={counts} />
      <Button onClick={() => session.recount.takeBack()}>Take back</Button>
      <Button
        kind="primary"
        disabled={!canWrite || isKeeping}
        title={canWrite ? undefined : 'This window can look at the project, but not change it.'}
        onClick={() => void keep()}
      >
        Keep it
      </Button>
    </div>
  )
}

/** Frames and events before and after, of the regions that change. */
function Effects({ counts }: { counts: Counts }) {
  const { data } = useReview()
  const effects = trialEffects(counts, data.regions)
  if (effects.length === 0) return <p className="trial-effects">It changes no count.</p>
  return (
    <ul className="trial-effects" aria-label="What it changes">
      {effects.slice(0, few).map(({ name, frames, events }) => (
        <li key={name}>
          <b>{name}</b> {frames}, {events}
        </li>
      ))}
      {effects.length > few && <li>and {effects.length - few} more</li>}
    </ul>
  )
}
