import { useState } from 'react'
import type { TrainingPlan } from '../../../shared/contract/training.ts'
import { count } from '../format.ts'
import { useAction } from '../keys/use-action.ts'
import { useProject } from '../state/project-context.tsx'
import type { ScreenName } from '../state/route.ts'
import { useServices } from '../state/services.tsx'
import { useLoaded } from '../state/use-loaded.ts'
import { useStore } from '../state/use-store.ts'
import { Button } from '../ui/Button.tsx'
import { InfoIcon, TrainIcon } from '../ui/icons.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Tooltip } from '../ui/Tooltip.tsx'
import { AdvancedSettings } from './AdvancedSettings.tsx'
import { type ChoiceStore, choiceOf } from './choice-store.ts'
import { type Obstacle, obstacleOf } from './obstacles.ts'
import { PresetChoice } from './PresetChoice.tsx'
import { planSentences } from './plan-text.ts'
import type { Starting } from './use-start.ts'
import './StartCard.css'

/** What the choice would do; asked anew when the choice, the labels or the networks change. */
function usePlan(version: string) {
  const { client, handle, state } = useProject()
  const choice = useStore(choiceOf(state.path))
  const labels = state.frames.filter(({ label }) => label !== 'none')
  const [attempt, setAttempt] = useState(0)
  const { model, recipe, tapes } = state
  const key = JSON.stringify([handle, choice, labels, model.id, recipe, tapes, version, attempt])
  const plan = useLoaded(key, () => client.call('training.plan', { project: handle, choice }))
  return { ...plan, again: () => setAttempt(attempt + 1) }
}

function Warnings({ warnings }: { warnings: readonly string[] }) {
  if (warnings.length === 0) return null
  return (
    <ul className="train-warnings">
      {warnings.map((text) => (
        <li key={text}>
          <InfoIcon />
          {text}
        </li>
      ))}
    </ul>
  )
}

function Sentences({ plan }: { plan: TrainingPlan | null }) {
  if (!plan) return <p className="train-plan">Looking at what there is to learn from…</p>
  return <p className="train-plan">{planSentences(plan).join(' ')}</p>
}

interface StartCardProps {
  starting: Starting
  /** A training was done before. */
  isAgain: boolean
  /** It is what most people want next. */
  isPrimary: boolean
  /** Frames that were labelled since. */
  painted: number
  /** Changes when the plan may be another one. */
  version: string
}

/** The button beside what stands in the way: where it is put right, or else without own settings. */
function wayOut(
  { error, screen, text }: Obstacle,
  choice: ChoiceStore,
  { show, again }: { show: (screen: ScreenName) => void; again: () => void },
) {
  if (screen) return { error, action: text, onAction: () => show(screen) }
  if (choice.isOwn)
    return { error, action: 'Use what the preset says', onAction: () => choice.reset() }
  return { error, action: text, onAction: again }
}

/** The big button, and what it will do. */
export function StartCard({ starting, isAgain, isPrimary, painted, version }: StartCardProps) {
  const { mode, state } = useProject()
  const { route } = useServices()
  const choice = choiceOf(state.path)
  const chosen = useStore(choice)
  const { value: plan, error, again } = usePlan(version)
  const isReadOnly = mode === 'read'
  const canStart = plan !== null && !error && !isReadOnly && starting.waiting === null
  const start = (): void => starting.start(chosen)
  useAction('train.start', start, canStart && isPrimary)
  const obstacle = error && obstacleOf(error)
  const way = obstacle && wayOut(obstacle, choice, { show: (to) => route.show(to), again })
  return (
    <section className="train-card" aria-labelledby="train-start">
      <h2 className="train-title" id="train-start">
        {isAgain ? 'Fine-tune again' : 'Fine-tune the network on what you painted'}
      </h2>
      {painted > 0 && isAgain && (
        <p className="train-since">
          {count(painted, 'frame')} {painted === 1 ? 'was' : 'were'} labelled since the last time.
        </p>
      )}
      {way ? (
        <Notice {...way} />
      ) : (
        <>
          <div className="train-start">
            <Tooltip text="Fine-tune" action={isPrimary ? 'train.start' : undefined} side="below">
              <Button
                kind={isPrimary ? 'primary' : 'plain'}
                size="large"
                className="train-start-button"
                icon={<TrainIcon />}
                disabled={!canStart}
                onClick={start}
              >
                {starting.waiting ?? 'Fine-tune'}
              </Button>
            </Tooltip>
            <div aria-live="polite">
              <Sentences plan={plan} />
              {isReadOnly && (
                <p className="train-plan">
                  This window only reads the project: start it in the window that writes.
                </p>
              )}
            </div>
          </div>
          <Warnings warnings={plan?.warnings ?? []} />
        </>
      )}
      <PresetChoice choice={choice} disabled={isReadOnly} />
      {plan && <AdvancedSettings choice={choice} plan={plan} disabled={isReadOnly} />}
    </section>
  )
}
