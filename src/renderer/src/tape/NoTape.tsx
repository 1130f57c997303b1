import { useState } from 'react'
import type { Job } from '../../../shared/contract/jobs.ts'
import { JobsUnderWay, useJobsUnderWay } from '../jobs/JobsUnderWay.tsx'
import { useLastReading } from '../jobs/use-last-reading.ts'
import { useProject } from '../state/project-context.tsx'
import { useToasts } from '../state/services.tsx'
import { Button } from '../ui/Button.tsx'
import { Empty } from '../ui/Empty.tsx'
import { Prose, sentence } from '../ui/Prose.tsx'
import { TapePathDialog } from './TapePathDialog.tsx'

const about =
  'Everything here is about one recording of a fixed camera, or several. A tape is read once, and stays where it is.'

/** Why there is no tape, where one was to come. */
function reasonOf({ state, error }: Job): string {
  if (state === 'cancelled') return 'You cancelled it before it was done.'
  if (state === 'interrupted') return 'The program ended before it was done.'
  return error ? `${sentence(error.message)} ${error.hint}` : ''
}

function titleOf(last: Job | null): string {
  if (last?.kind === 'sample') return 'The sample tape was not drawn'
  return last ? 'The tape was not read' : 'No tape yet'
}

/** A project without a tape, or whose first one is being read. */
export function NoTape() {
  const { mode } = useProject()
  const underWay = useJobsUnderWay()
  const last = useLastReading()
  const [isAsking, setAsking] = useState(false)
  if (underWay.length > 0)
    return (
      <Empty title="The tape is on its way" action={<JobsUnderWay jobs={underWay} />}>
        <p>It is read once from beginning to end. It shows up here when that is done.</p>
      </Empty>
    )
  const isSample = last?.kind === 'sample'
  const add = (
    <Button
      kind={isSample ? 'plain' : 'primary'}
      size="large"
      disabled={mode !== 'write'}
      onClick={() => setAsking(true)}
    >
      Add a tape…
    </Button>
  )
  return (
    <>
      <Empty
        title={titleOf(last)}
        action={
          <>
            {add}
            {isSample && <DrawAgain disabled={mode !== 'write'} />}
          </>
        }
      >
        <p>{last ? <Prose text={reasonOf(last)} /> : about}</p>
      </Empty>
      {isAsking && <TapePathDialog onClose={() => setAsking(false)} />}
    </>
  )
}

/** The engine draws the sample into the project that it could not fill before. */
function DrawAgain({ disabled }: { disabled: boolean }) {
  const { client } = useProject()
  const toasts = useToasts()
  const draw = (): void =>
    void client.call('projects.createSample', {}).catch((error) => toasts.fail(error))
  return (
    <Button kind="primary" size="large" disabled={disabled} onClick={draw}>
      Draw it again
    </Button>
  )
}
