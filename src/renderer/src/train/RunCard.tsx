import { useState } from 'react'
import type { Job } from '../../../shared/contract/jobs.ts'
import type { RunPlan } from '../../../shared/contract/runs.ts'
import type { Tape } from '../../../shared/contract/state.ts'
import { fromWireError } from '../../../shared/rpc.ts'
import { isUnderWay, progressText, share } from '../jobs/job-text.ts'
import { useAction } from '../keys/use-action.ts'
import { useFrameCursor } from '../state/frame-cursor.ts'
import { useProject } from '../state/project-context.tsx'
import { useJobs, useServices } from '../state/services.tsx'
import { useLoaded } from '../state/use-loaded.ts'
import { useStore } from '../state/use-store.ts'
import { Button } from '../ui/Button.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Progress } from '../ui/Progress.tsx'
import { Tooltip } from '../ui/Tooltip.tsx'
import { obstacleOf } from './obstacles.ts'
import { runSentence, stoppedSentence } from './run-text.ts'
import { useRunStart } from './use-run-start.tsx'
import './RunCard.css'

/** Kind of the jobs in which a network looks at a tape. */
const runKind = 'infer'

/** What a run over the tape would do; asked anew whenever one has ended or another network is in use. */
function useRunPlan(tape: Tape) {
  const { client, handle, state } = useProject()
  const [attempt, setAttempt] = useState(0)
  const jobs = useStore(useJobs()) ?? []
  const runs = jobs.filter(({ kind }) => kind === runKind)
  const job = runs.find(isUnderWay) ?? null
  const ended = runs.filter((run) => !isUnderWay(run)).map(({ id }) => id)
  const key = JSON.stringify([handle, tape.id, state.model, state.recipe, ended, attempt])
  const plan = useLoaded(key, () => client.call('runs.plan', { project: handle, tape: tape.id }))
  return { job, plan, again: () => setAttempt(attempt + 1) }
}

function UnderWay({ job }: { job: Job }) {
  const { mode } = useProject()
  const { toasts } = useServices()
  const jobs = useJobs()
  const cancel = (): void => void jobs.cancel(job.id).catch((error) => toasts.fail(error))
  useAction('train.cancel', cancel, mode === 'write')
  return (
    <>
      <div className="train-run-row">
        <p className="train-facts" role="status">
          {job.progress ? progressText(job.progress) : 'Getting ready…'}
        </p>
        <Button disabled={mode === 'read'} onClick={cancel}>
          Cancel
        </Button>
      </div>
      <Progress label={job.title} value={share(job.progress)} />
    </>
  )
}

interface ReadyProps {
  plan: RunPlan
  tape: Tape
  isPrimary: boolean
}

function Ready({ plan, tape, isPrimary }: ReadyProps) {
  const { mode } = useProject()
  const { route } = useServices()
  const { start, isStarting, question } = useRunStart(tape)
  const isDone = plan.frames === 0
  const canRun = !isDone && mode === 'write' && !isStarting
  useAction('train.run', start, canRun)
  const kind = isPrimary ? 'primary' : 'plain'
  const stopped = stoppedSentence(plan)
  return (
    <div className="train-run-row">
      <div>
        {stopped && <p className="train-run-stopped">{stopped}</p>}
        <p>{runSentence(plan, tape.name)}</p>
      </div>
      {plan.done > 0 && (
        <Button kind={isDone ? kind : 'plain'} onClick={() => route.show('review')}>
          Review what it found
        </Button>
      )}
      {!isDone && (
        <Tooltip text="Run it over the tape" action="train.run" side="left">
          <Button kind={kind} disabled={!canRun} onClick={start}>
            {plan.done > 0 ? 'Go on' : 'Run it over the tape'}
          </Button>
        </Tooltip>
      )}
      {question}
    </div>
  )
}

interface RunCardProps {
  tape: Tape
  /** It is what most people want next. */
  isPrimary: boolean
}

function TapeRun({ tape, isPrimary }: RunCardProps) {
  const { route } = useServices()
  const { job, plan, again } = useRunPlan(tape)
  const { problem } = plan.value ?? {}
  const obstacle = problem
    ? obstacleOf(fromWireError(problem))
    : plan.error && obstacleOf(plan.error)
  return (
    <section className="train-card" aria-labelledby="train-run">
      <h2 className="train-title" id="train-run">
        Over the whole tape
      </h2>
      {job ? (
        <UnderWay job={job} />
      ) : obstacle ? (
        <Notice
          error={obstacle.error}
          action={obstacle.text}
          onAction={() => (obstacle.screen ? route.show(obstacle.screen) : again())}
        />
      ) : (
        plan.value && <Ready plan={plan.value} {...{ tape, isPrimary }} />
      )}
    </section>
  )
}

/** Lets the network in use look at the tape, and leads on to the review. */
export function RunCard({ isPrimary }: { isPrimary: boolean }) {
  const { tape } = useFrameCursor()
  return tape && tape.frames > 0 ? <TapeRun key={tape.id} {...{ tape, isPrimary }} /> : null
}
