import { isUnderWay } from '../../jobs/job-text.ts'
import { useProject } from '../../state/project-context.tsx'
import { useLoaded } from '../../state/use-loaded.ts'
import { useStore } from '../../state/use-store.ts'
import { Prose, sentence } from '../../ui/Prose.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { JobOutcome } from '../JobOutcome.tsx'
import { useJobResult } from '../use-job-result.ts'
import { SegmentForm } from './SegmentForm.tsx'
import './SegmentPage.css'
import { SegmentResultView } from './SegmentResultView.tsx'
import { segmentStoreOf } from './segment-store.ts'

/** A network over pictures and tapes that need not belong to the project. */
export function SegmentPage() {
  const { client, handle, state } = useProject()
  const store = segmentStoreOf(state.path)
  const { job: id } = useStore(store)
  const key = `${handle} ${state.model.id}`
  const networks = useLoaded(key, () => client.call('segment.models', { project: handle }))
  const { job, result } = useJobResult(id, (of) =>
    client.call('segment.result', { project: handle, job: of }),
  )
  return (
    <div className="segment-page">
      <div className="experiments-card segment-form">
        <h2 className="experiments-title">Look at pictures with a network</h2>
        {networks.error && (
          <p className="field-error" role="alert">
            <Prose text={sentence(networks.error.message)} />
          </p>
        )}
        {networks.value ? (
          <SegmentForm networks={networks.value} isUnderWay={job !== null && isUnderWay(job)} />
        ) : (
          !networks.error && <Waiting text="Looking at the networks…" />
        )}
      </div>
      <div className="segment-side">
        <JobOutcome job={job} onDismiss={() => store.change({ job: null })} />
        {job && result.value && <SegmentResultView job={job.id} result={result.value} />}
        {result.key !== null && result.value === null && (
          <p className="experiments-quiet">
            What was seen is no longer known here; the files lie where they were written.
          </p>
        )}
        {id === null && (
          <p className="experiments-quiet">
            What the network sees is shown here, beside the pictures.
          </p>
        )}
      </div>
    </div>
  )
}
