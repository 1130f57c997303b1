import type { Job } from '../../../shared/contract/jobs.ts'
import { JobsUnderWay } from '../jobs/JobsUnderWay.tsx'
import { Button } from '../ui/Button.tsx'
import { Empty } from '../ui/Empty.tsx'
import { PicturesIcon } from '../ui/icons.tsx'
import { useFormats } from './use-formats.ts'

interface NoSetsProps {
  canWrite: boolean
  underWay: readonly Job[]
  onImport: () => void
}

/** What can be imported, where nothing was yet. */
export function NoSets({ canWrite, underWay, onImport }: NoSetsProps) {
  const formats = useFormats()
  const names = formats.map(({ title }) => title)
  const isComing = underWay.some(({ kind }) => kind === 'import')
  return (
    <Empty
      picture={
        <span className="datasets-empty-icon">
          <PicturesIcon />
        </span>
      }
      title={isComing ? 'Pictures are on their way' : 'No sets of pictures yet'}
      action={
        isComing ? (
          <JobsUnderWay jobs={underWay} />
        ) : (
          <Button kind="primary" size="large" disabled={!canWrite} onClick={onImport}>
            Import a set…
          </Button>
        )
      }
    >
      <p>
        Pictures with what is marked in them, of any number of classes: a file, a folder or a zip
        that another tool has written. Choose it, or drop it on this window; you see what is in it
        before anything is taken.
      </p>
      {names.length > 0 && <p className="dataset-quiet">Can be read: {names.join(', ')}.</p>}
    </Empty>
  )
}
