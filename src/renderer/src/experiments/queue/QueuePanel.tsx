import { useAction } from '../../keys/use-action.ts'
import { useProject } from '../../state/project-context.tsx'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { CloseIcon, DownIcon, UpIcon } from '../../ui/icons.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useExperimentsDesk } from '../experiments-context.ts'
import { titleOf } from '../words.ts'
import { moved, waitingOf } from './queue-order.ts'
import { RunningItem } from './RunningItem.tsx'
import { useExperimentCalls } from './use-experiment-calls.ts'
import './QueuePanel.css'

function Waiting() {
  const { mode } = useProject()
  const { experiments, show } = useExperimentsDesk()
  const { reorder, unqueue } = useExperimentCalls()
  const waiting = waitingOf(experiments)
  const ids = waiting.map(({ id }) => id)
  const isReadOnly = mode === 'read'
  return (
    <ol className="queue-waiting" aria-label="Waiting experiments">
      {waiting.map((experiment, at) => {
        const title = titleOf(experiment)
        return (
          <li key={experiment.id}>
            <button type="button" className="experiment-name" onClick={() => show(experiment.id)}>
              {title}
            </button>
            <IconButton
              label={`Earlier: ${title}`}
              icon={<UpIcon />}
              side="left"
              disabled={isReadOnly || at === 0}
              onClick={() => reorder(moved(ids, at, -1))}
            />
            <IconButton
              label={`Later: ${title}`}
              icon={<DownIcon />}
              side="left"
              disabled={isReadOnly || at === waiting.length - 1}
              onClick={() => reorder(moved(ids, at, 1))}
            />
            <IconButton
              label={`Take out: ${title}`}
              icon={<CloseIcon />}
              side="left"
              disabled={isReadOnly}
              onClick={() => unqueue(experiment)}
            />
          </li>
        )
      })}
    </ol>
  )
}

/** What runs, what waits, and whether the queue moves at all. */
export function QueuePanel() {
  const { mode } = useProject()
  const { experiments } = useExperimentsDesk()
  const { run, cancel } = useExperimentCalls()
  const running = experiments.filter(({ state }) => state === 'running')
  const waiting = waitingOf(experiments)
  const [own] = running.filter(({ job }) => job !== null)
  const stands = running.length === 0 && waiting.length > 0
  useAction('experiments.cancel', () => own && cancel(own), own !== undefined && mode === 'write')
  return (
    <Panel title="Queue">
      {running.map((experiment) => (
        <RunningItem key={experiment.id} experiment={experiment} />
      ))}
      {stands && (
        <div className="queue-stands">
          <p>The queue stands, as it does after a cancel and after a restart of the program.</p>
          <Button kind="primary" disabled={mode === 'read'} onClick={run}>
            Let it run
          </Button>
        </div>
      )}
      {waiting.length > 0 && <Waiting />}
      {running.length === 0 && waiting.length === 0 && (
        <p className="experiments-quiet">
          Nothing runs. Experiments that are started wait here for their turn, one after another.
        </p>
      )}
    </Panel>
  )
}
