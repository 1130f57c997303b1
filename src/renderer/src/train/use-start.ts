import { useState } from 'react'
import type { Job } from '../../../shared/contract/jobs.ts'
import type { TrainingChoice } from '../../../shared/contract/training.ts'
import { isUnderWay } from '../jobs/job-text.ts'
import { useProject } from '../state/project-context.tsx'
import { useJobs, useToasts } from '../state/services.tsx'
import { useStore } from '../state/use-store.ts'

/** Kind of the jobs in which a network is trained. */
const trainingKind = 'train'

const waitingTexts: Partial<Readonly<Record<Job['state'], string>>> = {
  queued: 'Waits for its turn…',
  running: 'Starting…',
}

export interface Starting {
  /** Words for the button, from the click until the training shows; null = it can be clicked. */
  waiting: string | null
  start: (choice: TrainingChoice) => void
  resume: () => void
}

/** Starts a training, or goes on with the last one. */
export function useStart(refresh: () => Promise<void>): Starting {
  const { client, handle } = useProject()
  const jobs = useStore(useJobs()) ?? []
  const toasts = useToasts()
  const [isAsking, setAsking] = useState(false)
  const job = jobs.find((each) => each.kind === trainingKind && isUnderWay(each))
  const begin = async (ask: () => Promise<unknown>): Promise<void> => {
    setAsking(true)
    try {
      await ask()
      await refresh()
    } catch (error) {
      toasts.fail(error)
    }
    setAsking(false)
  }
  return {
    waiting: (job && waitingTexts[job.state]) ?? (isAsking ? 'Starting…' : null),
    start: (choice) => void begin(() => client.call('training.start', { project: handle, choice })),
    resume: () => void begin(() => client.call('training.resume', { project: handle })),
  }
}
