import type { Run } from '../../../shared/contract/runs.ts'
import { useProject } from '../state/project-context.tsx'
import { useLoaded } from '../state/use-loaded.ts'
import { shortened } from '../ui/shortened.ts'
import { useReview } from './review-context.ts'

/** Characters of a network's name in the list. */
const longestName = 44

/** Other networks and pictures are in use by now: the masks of such a run do not fit what is shown. */
const canBeShown = ({ done, samePicture }: Run): boolean => done > 0 && samePicture

export const dayOf = ({ createdAt }: Pick<Run, 'createdAt'>): string =>
  new Date(createdAt).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' })

const textOf = (run: Run): string => {
  const part = run.done < run.frames ? `, ${Math.floor((100 * run.done) / run.frames)} %` : ''
  return `${shortened(run.model.name, longestName)}, ${dayOf(run)}${part}`
}

const newest = 'newest'

/** Which run is reviewed: the newest of the network in use, or an older one. */
export function RunChoice() {
  const { client, handle } = useProject()
  const { session, data, tape } = useReview()
  const { run } = data.review
  const key = [handle, tape.id, run.id, run.state, run.model.name].join()
  const { value } = useLoaded(key, () =>
    client.call('runs.list', { project: handle, tape: tape.id }),
  )
  const runs = (value ?? []).filter(canBeShown)
  const chosen = session.chosenRun
  if (runs.length < 2 && chosen === null)
    return (
      <b className="review-run-name" title={run.model.name}>
        {shortened(run.model.name, longestName)}
      </b>
    )
  return (
    <select
      className="input review-run-choice"
      aria-label="Run"
      title={run.model.name}
      value={chosen === null ? newest : String(chosen)}
      onChange={({ target }) =>
        void session.chooseRun(target.value === newest ? null : Number(target.value))
      }
    >
      <option value={newest}>
        {chosen === null
          ? `Newest: ${shortened(run.model.name, longestName)}`
          : 'The newest of the network in use'}
      </option>
      {runs
        .filter(({ id }) => chosen !== null || id !== run.id)
        .map((each) => (
          <option key={each.id} value={each.id} title={each.model.name}>
            {textOf(each)}
          </option>
        ))}
    </select>
  )
}
