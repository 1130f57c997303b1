import { useSets } from '../../datasets/use-sets.ts'
import { isUnderWay } from '../../jobs/job-text.ts'
import { useProject } from '../../state/project-context.tsx'
import { useLoaded } from '../../state/use-loaded.ts'
import { useStore } from '../../state/use-store.ts'
import { Prose, sentence } from '../../ui/Prose.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { JobOutcome } from '../JobOutcome.tsx'
import { useJobResult } from '../use-job-result.ts'
import { CompareForm } from './CompareForm.tsx'
import { ComparisonView } from './ComparisonView.tsx'
import './ComparePage.css'
import { compareStoreOf } from './compare-store.ts'

/** Networks beside each other: how good, how large, how fast. */
export function ComparePage() {
  const { client, handle, state } = useProject()
  const store = compareStoreOf(state.path)
  const { job: id } = useStore(store)
  const { sets } = useSets()
  const key = `${handle} ${state.model.id}`
  const networks = useLoaded(key, () => client.call('segment.models', { project: handle }))
  const { job, result } = useJobResult(id, (of) =>
    client.call('compare.result', { project: handle, job: of }),
  )
  return (
    <div className="compare-page">
      <div className="experiments-card compare-form">
        <h2 className="experiments-title">Compare networks</h2>
        {networks.error && (
          <p className="field-error" role="alert">
            <Prose text={sentence(networks.error.message)} />
          </p>
        )}
        {networks.value && sets ? (
          <CompareForm
            networks={networks.value}
            sets={sets}
            isUnderWay={job !== null && isUnderWay(job)}
          />
        ) : (
          !networks.error && <Waiting text="Looking at the networks…" />
        )}
      </div>
      <div className="segment-side">
        <JobOutcome job={job} onDismiss={() => store.change({ job: null })} />
        {job && result.value && <ComparisonView job={job.id} comparison={result.value} />}
        {result.key !== null && result.value === null && (
          <p className="experiments-quiet">The comparison is no longer known: compare once more.</p>
        )}
        {id === null && (
          <p className="experiments-quiet">
            Accuracy, size and speed are shown here, as a table and as bars.
          </p>
        )}
      </div>
    </div>
  )
}
