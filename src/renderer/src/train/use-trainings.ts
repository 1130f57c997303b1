import { useEffect, useMemo } from 'react'
import { useProject } from '../state/project-context.tsx'
import { useStore } from '../state/use-store.ts'
import { TrainingsStore, type TrainingsView } from './trainings-store.ts'

/** The trainings of the open project, and how the running one goes. */
export function useTrainings(): TrainingsView & { refresh: () => Promise<void> } {
  const { client, store } = useProject()
  const trainings = useMemo(() => new TrainingsStore(client, store), [client, store])
  useEffect(() => trainings.follow(), [trainings])
  return { ...useStore(trainings), refresh: () => trainings.refresh() }
}
