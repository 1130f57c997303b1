import { useState } from 'react'
import { useProject } from '../state/project-context.tsx'
import { Button } from '../ui/Button.tsx'
import { Empty } from '../ui/Empty.tsx'
import { TapePathDialog } from './TapePathDialog.tsx'

/** A project without a tape. */
export function NoTape() {
  const { mode } = useProject()
  const [isAsking, setAsking] = useState(false)
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
          Everything here is about one recording of a fixed camera, or several. While a tape is read
          for the first time, Jobs shows how far it is.
        </p>
      </Empty>
      {isAsking && <TapePathDialog onClose={() => setAsking(false)} />}
    </>
  )
}
