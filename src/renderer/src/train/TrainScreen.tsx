import type { ReactNode } from 'react'
import type { TrainingState } from '../../../shared/contract/training.ts'
import { useProject } from '../state/project-context.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Waiting } from '../ui/Waiting.tsx'
import { FailureCard } from './FailureCard.tsx'
import { NetworksCard } from './NetworksCard.tsx'
import { ModelsContext, useNewModelsStore } from './networks-context.ts'
import { ResultCard } from './ResultCard.tsx'
import { RunCard } from './RunCard.tsx'
import { RunningCard } from './RunningCard.tsx'
import { StartCard } from './StartCard.tsx'
import { newLabels, type Part, partsOf, type Stage, stageOf } from './stage.ts'
import './TrainScreen.css'
import { type Starting, useStart } from './use-start.ts'
import { useTrainings } from './use-trainings.ts'

interface Shown {
  stage: Stage
  trainings: readonly TrainingState[]
  latest: TrainingState | null
  painted: number
  starting: Starting
}

const cards: Readonly<Record<Part, (shown: Shown) => ReactNode>> = {
  start: ({ stage, latest, painted, starting }) => (
    <StartCard
      key="start"
      {...{ starting, painted }}
      isAgain={latest !== null}
      isPrimary={!latest?.resumable && (stage !== 'adopted' || painted > 0)}
      version={`${latest?.id} ${latest?.state}`}
    />
  ),
  running: ({ latest }) => latest && <RunningCard key={latest.id} training={latest} />,
  result: ({ latest }) => latest && <ResultCard key={latest.id} training={latest} />,
  failure: ({ latest, starting }) =>
    latest && <FailureCard key={latest.id} training={latest} starting={starting} />,
  run: ({ stage, painted }) => (
    <RunCard key="run" isPrimary={stage === 'adopted' && painted === 0} />
  ),
  networks: ({ trainings }) => <NetworksCard key="networks" trainings={trainings} />,
}

/** Where a network learns from what was painted, and shows whether it got better. */
export function TrainScreen() {
  const { state } = useProject()
  const { trainings, error, refresh } = useTrainings()
  const models = useNewModelsStore()
  const starting = useStart(refresh)
  const stage = stageOf(trainings)
  const latest = trainings?.[0] ?? null
  const painted = latest ? newLabels(state.frames, latest) : 0
  const shown: Shown = { stage, trainings: trainings ?? [], latest, painted, starting }
  return (
    <ModelsContext.Provider value={models}>
      <div className="train-screen">
        {error && <Notice error={error} action="Try again" onAction={() => void refresh()} />}
        {stage === 'loading' && !error && <Waiting text="Looking at the trainings…" />}
        {partsOf(stage, painted > 0).map((part) => cards[part](shown))}
      </div>
    </ModelsContext.Provider>
  )
}
