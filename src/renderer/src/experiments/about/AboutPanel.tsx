import { useState } from 'react'
import type { ExperimentSummary } from '../../../../shared/contract/experiments.ts'
import type { ExperimentSettings } from '../../../../shared/experiment.ts'
import { fromWireError } from '../../../../shared/rpc.ts'
import { count } from '../../format.ts'
import { useProject } from '../../state/project-context.tsx'
import { figure } from '../../train/curves.ts'
import { Button } from '../../ui/Button.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Prose, sentence } from '../../ui/Prose.tsx'
import { useExperimentsDesk } from '../experiments-context.ts'
import { StateBadge } from '../list/StateBadge.tsx'
import { useExperimentCalls } from '../queue/use-experiment-calls.ts'
import { bestSentence, canResume, startText, titleOf } from '../words.ts'
import { BestClasses } from './BestClasses.tsx'
import { RemoveDialog } from './RemoveDialog.tsx'
import { again, continued } from './successors.ts'
import './AboutPanel.css'

interface AboutProps {
  experiment: ExperimentSummary
  /** Begins a new one with these settings. */
  onNew: (settings: ExperimentSettings) => void
}

/** What one is made of, in a few lines. */
function Facts({ experiment }: { experiment: ExperimentSummary }) {
  const { show } = useExperimentsDesk()
  const { settings, parent, runs } = experiment
  const { width, height } = settings.input
  const kept = runs.flatMap(({ checkpoints }) => checkpoints)
  const parentId = parent?.experiment ?? null
  return (
    <dl className="experiment-facts">
      <dt>Starts from</dt>
      <dd>
        {parentId === null ? (
          startText(experiment)
        ) : (
          <button type="button" className="experiment-link" onClick={() => show(parentId)}>
            {startText(experiment)}
          </button>
        )}
      </dd>
      <dt>Learns from</dt>
      <dd>
        “{settings.data.train}”, judged by “{settings.data.validation}”
      </dd>
      <dt>Input</dt>
      <dd>
        {width}x{height}, {count(settings.batch, 'picture')} a step
      </dd>
      <dt>Stages</dt>
      <dd>
        {settings.stages
          .map(({ name, epochs, learningRate }) => {
            return `${name}: ${count(epochs, 'epoch')} at ${figure(learningRate)}`
          })
          .join('; ')}
      </dd>
      {kept.length > 0 && (
        <>
          <dt>Kept networks</dt>
          <dd>{kept.map(({ model, kind }) => `${kind}: ${model}`).join(', ')}</dd>
        </>
      )}
    </dl>
  )
}

function Failure({ experiment }: { experiment: ExperimentSummary }) {
  const { error, state } = experiment
  if (!error || state === 'cancelled') return null
  const { message, hint } = fromWireError(error)
  return (
    <p className="field-error" role="alert">
      <Prose text={`${sentence(message)} ${hint}`} />
    </p>
  )
}

function Buttons({ experiment, onNew }: AboutProps) {
  const { mode } = useProject()
  const { queue, resume } = useExperimentCalls()
  const [isRemoving, setRemoving] = useState(false)
  const { state } = experiment
  const isReadOnly = mode === 'read'
  return (
    <div className="experiment-buttons">
      {state === 'draft' && (
        <Button kind="primary" disabled={isReadOnly} onClick={() => queue(experiment)}>
          Start
        </Button>
      )}
      {canResume(experiment) && (
        <Button kind="primary" disabled={isReadOnly} onClick={() => resume(experiment)}>
          {state === 'failed' ? 'Try again' : 'Go on'}
        </Button>
      )}
      {state === 'done' && (
        <Button disabled={isReadOnly} onClick={() => onNew(continued(experiment))}>
          Go on from its weights…
        </Button>
      )}
      <Button disabled={isReadOnly} onClick={() => onNew(again(experiment))}>
        New one like this…
      </Button>
      <Button
        kind="quiet"
        disabled={isReadOnly || state === 'running'}
        onClick={() => setRemoving(true)}
      >
        Remove…
      </Button>
      {isRemoving && <RemoveDialog experiment={experiment} onClose={() => setRemoving(false)} />}
    </div>
  )
}

/** One experiment: how it stands, its best epoch, where it comes from, what can be done with it. */
export function AboutPanel({ experiment, onNew }: AboutProps) {
  return (
    <Panel title={titleOf(experiment)} actions={<StateBadge state={experiment.state} />}>
      <p>{bestSentence(experiment)}</p>
      <Failure experiment={experiment} />
      {experiment.warnings.map((warning) => (
        <p key={warning} className="experiments-warning">
          {sentence(warning)}
        </p>
      ))}
      <Buttons experiment={experiment} onNew={onNew} />
      <Facts experiment={experiment} />
      <BestClasses experiment={experiment} />
    </Panel>
  )
}
