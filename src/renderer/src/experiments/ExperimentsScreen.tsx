import { useState } from 'react'
import type { ExperimentSettings } from '../../../shared/experiment.ts'
import { useAction } from '../keys/use-action.ts'
import { useProject } from '../state/project-context.tsx'
import { Button } from '../ui/Button.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { Waiting } from '../ui/Waiting.tsx'
import { ComparePage } from './compare/ComparePage.tsx'
import { ExperimentsPage } from './ExperimentsPage.tsx'
import './ExperimentsScreen.css'
import { AugmentationPage } from './augment/AugmentationPage.tsx'
import { ExportDialog } from './ExportDialog.tsx'
import { ExperimentsContext, useExperimentsDesk } from './experiments-context.ts'
import { NoExperiments } from './NoExperiments.tsx'
import { NewExperimentDialog } from './new/NewExperimentDialog.tsx'
import { type PageName, pages } from './pages.ts'
import { SegmentPage } from './segment/SegmentPage.tsx'
import { useExperiments } from './use-experiments.ts'
import './list/tables.css'
import './new/forms.css'

/** Settings that a new experiment begins with: those of a preset, or of another one. */
type Beginning = { from: ExperimentSettings | null }

interface PageProps {
  page: PageName
  onNew: (from: ExperimentSettings | null) => void
}

function Page({ page, onNew }: PageProps) {
  const { experiments } = useExperimentsDesk()
  if (page === 'augmentation') return <AugmentationPage onNew={onNew} />
  if (page === 'segment') return <SegmentPage />
  if (page === 'compare') return <ComparePage />
  if (experiments.length === 0) return <NoExperiments onNew={() => onNew(null)} />
  return <ExperimentsPage onNew={onNew} />
}

/** Trainings as data: made, queued, compared. */
export function ExperimentsScreen() {
  const { mode } = useProject()
  const { desk, showNew, isLoading, error, refresh } = useExperiments()
  const [page, setPage] = useState<PageName>('experiments')
  const [beginning, setBeginning] = useState<Beginning | null>(null)
  const [isExporting, setExporting] = useState(false)
  const canWrite = mode === 'write'
  const begin = (from: ExperimentSettings | null): void => setBeginning({ from })
  useAction('experiments.new', () => begin(null), canWrite && beginning === null)
  return (
    <ExperimentsContext.Provider value={desk}>
      <div className="experiments-screen">
        <header className="experiments-bar">
          <Segmented label="Show" value={page} options={pages} onChange={setPage} />
          <span className="experiments-space" />
          {page === 'experiments' && (
            <Button disabled={desk.experiments.length === 0} onClick={() => setExporting(true)}>
              Export…
            </Button>
          )}
          <Button kind="primary" disabled={!canWrite} onClick={() => begin(null)}>
            New experiment…
          </Button>
        </header>
        {error && <Notice error={error} action="Try again" onAction={() => void refresh()} />}
        {isLoading && !error && <Waiting text="Looking at the experiments…" />}
        {!isLoading && <Page page={page} onNew={begin} />}
        {beginning && (
          <NewExperimentDialog
            from={beginning.from}
            onMade={(experiment) => {
              setBeginning(null)
              setPage('experiments')
              showNew(experiment)
            }}
            onClose={() => setBeginning(null)}
          />
        )}
        {isExporting && <ExportDialog onClose={() => setExporting(false)} />}
      </div>
    </ExperimentsContext.Provider>
  )
}
