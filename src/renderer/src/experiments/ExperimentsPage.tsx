import type { ExperimentSettings } from '../../../shared/experiment.ts'
import { useAction } from '../keys/use-action.ts'
import { AboutPanel } from './about/AboutPanel.tsx'
import { CurvesCard } from './curves/CurvesCard.tsx'
import { mostDrawn } from './drawn.ts'
import { useExperimentsDesk } from './experiments-context.ts'
import { DifferencesCard } from './list/DifferencesCard.tsx'
import { TableCard } from './list/TableCard.tsx'
import { QueuePanel } from './queue/QueuePanel.tsx'
import './ExperimentsPage.css'

interface PageProps {
  onNew: (settings: ExperimentSettings) => void
}

/** Experiments: their curves, their numbers, what differs, and the queue that they run in. */
export function ExperimentsPage({ onNew }: PageProps) {
  const { experiments, here, show, drawn, draw } = useExperimentsDesk()
  const place = experiments.findIndex(({ id }) => id === here?.id)
  const go = (step: number): void => {
    const next = experiments[Math.max(0, Math.min(experiments.length - 1, place + step))]
    if (next) show(next.id)
  }
  const toggle = (): void => {
    if (!here) return
    const isDrawn = drawn.includes(here.id)
    if (isDrawn || drawn.length < mostDrawn) draw(here.id, !isDrawn)
  }
  useAction('experiments.next', () => go(1))
  useAction('experiments.previous', () => go(-1))
  useAction('experiments.draw', toggle)
  return (
    <div className="experiments-page">
      <div className="experiments-main">
        <CurvesCard />
        <TableCard />
        <DifferencesCard />
      </div>
      <aside className="experiments-side" aria-label="Queue and details">
        <QueuePanel />
        {here && <AboutPanel experiment={here} onNew={onNew} />}
      </aside>
    </div>
  )
}
