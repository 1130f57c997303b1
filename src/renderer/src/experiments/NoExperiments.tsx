import { useProject } from '../state/project-context.tsx'
import { useServices } from '../state/services.tsx'
import { useLoaded } from '../state/use-loaded.ts'
import { Button } from '../ui/Button.tsx'
import { Empty } from '../ui/Empty.tsx'
import { ExperimentsIcon } from '../ui/icons.tsx'

/** What an experiment is, and what it needs, where there is none yet. */
export function NoExperiments({ onNew }: { onNew: () => void }) {
  const { client, handle, mode } = useProject()
  const { route } = useServices()
  const { value: sets } = useLoaded(handle, () => client.call('datasets.list', { project: handle }))
  const lacksSets = sets?.length === 0
  return (
    <Empty
      picture={
        <span className="experiments-empty-icon">
          <ExperimentsIcon />
        </span>
      }
      title="No experiments yet"
      action={
        sets === null ? null : lacksSets ? (
          <Button kind="primary" size="large" onClick={() => route.show('datasets')}>
            Go to Datasets
          </Button>
        ) : (
          <Button kind="primary" size="large" disabled={mode === 'read'} onClick={onNew}>
            New experiment…
          </Button>
        )
      }
    >
      <p>
        An experiment trains a network on sets of pictures with masks and keeps its settings, its
        curves and its best epoch, so that several can be compared.
      </p>
      {lacksSets && <p>It needs a set of pictures first, parted into “train” and “val”.</p>}
    </Empty>
  )
}
