import { useState } from 'react'
import { JobsUnderWay, useJobsUnderWay } from '../jobs/JobsUnderWay.tsx'
import { useProject } from '../state/project-context.tsx'
import { Button } from '../ui/Button.tsx'
import { Empty } from '../ui/Empty.tsx'
import { TapePathDialog } from './TapePathDialog.tsx'

/** A project without a tape, or whose first one is being read. */
export function NoTape() {
  const { mode } = useProject()
  const underWay = useJobsUnderWay()
  const [isAsking, setAsking] = useState(false)
  if (underWay.length > 0)
    return (
      <Empty title="The tape is on its way" action={<JobsUnderWay jobs={underWay} />}>
        <p>It is read once from beginning to end. It shows up here when that is done.</p>
      </Empty>
    )
  return (
    <>
      <Empty
        title="No tape yet"
        action={
          <Button
            kind="primary"
            size="large"
            disabled={mode !== 'write'}
            onClick={() => setAsking(true)}
          >
            Add a tape…
          </Button>
        }
      >
        <p>
          Everything here is about one recording of a fixed camera, or several. A tape is read once,
          and stays where it is.
        </p>
      </Empty>
      {isAsking && <TapePathDialog onClose={() => setAsking(false)} />}
    </>
  )
}
