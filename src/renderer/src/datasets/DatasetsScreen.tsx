import { useEffect, useState } from 'react'
import type { Dataset } from '../../../shared/contract/datasets.ts'
import { useJobsUnderWay } from '../jobs/JobsUnderWay.tsx'
import { useAction } from '../keys/use-action.ts'
import { useProject } from '../state/project-context.tsx'
import { useServices } from '../state/services.tsx'
import { useStore } from '../state/use-store.ts'
import { Notice } from '../ui/Notice.tsx'
import { Waiting } from '../ui/Waiting.tsx'
import './DatasetsScreen.css'
import { ImportDialog } from './import/ImportDialog.tsx'
import { NoSets } from './NoSets.tsx'
import { SetBar } from './SetBar.tsx'
import { type SetPage, SetPages } from './SetPages.tsx'
import { SetContext, useSets } from './use-sets.ts'

/** A path that was dropped on the window while this screen is open, once. */
function useArrival(onPath: (path: string) => void): void {
  const { arrivals } = useServices()
  const path = useStore(arrivals)
  useEffect(() => {
    if (path === null) return
    arrivals.clear()
    onPath(path)
  })
}

/** The set that was chosen, else the last one that was imported. */
function chosenOf(sets: readonly Dataset[], id: number | null): Dataset | undefined {
  return sets.find((set) => set.id === id) ?? sets.at(-1)
}

/** Sets of pictures with masks: taken in, looked through, counted, compared, given out. */
export function DatasetsScreen() {
  const { mode } = useProject()
  const { sets, error, refresh } = useSets()
  const [chosen, setChosen] = useState<number | null>(null)
  const [page, setPage] = useState<SetPage>('pictures')
  /** The path that an import begins with; null = none is asked for. */
  const [importing, setImporting] = useState<string | null>(null)
  const underWay = useJobsUnderWay()
  const canWrite = mode === 'write'
  const beginImport = (): void => setImporting('')
  useArrival((path) => canWrite && setImporting(path))
  useAction('pictures.import', beginImport, canWrite && importing === null)
  const set = sets && chosenOf(sets, chosen)
  return (
    <div className="datasets-screen">
      {error && <Notice error={error} action="Try again" onAction={() => void refresh()} />}
      {!sets && !error && <Waiting text="Looking at the sets…" />}
      {sets?.length === 0 && (
        <NoSets canWrite={canWrite} underWay={underWay} onImport={beginImport} />
      )}
      {sets && set && (
        <SetContext.Provider value={set}>
          <SetBar
            {...{ sets, page, canWrite }}
            onChoose={setChosen}
            onPage={setPage}
            onImport={beginImport}
          />
          <SetPages key={set.id} page={page} onPage={setPage} sets={sets} />
        </SetContext.Provider>
      )}
      {importing !== null && (
        <ImportDialog
          key={importing}
          path={importing}
          onStarted={() => {
            setImporting(null)
            // The one that comes is shown.
            setChosen(null)
          }}
          onClose={() => setImporting(null)}
        />
      )}
    </div>
  )
}
