/** @file What every part of the page can reach: the engine, the settings, the address, messages. */
import { createContext, useContext } from 'react'
import type { ArrivalsStore } from './arrivals-store.ts'
import type { EngineStore } from './engine-store.ts'
import type { JobsStore } from './jobs-store.ts'
import type { RouteStore } from './route-store.ts'
import type { SettingsStore } from './settings-store.ts'
import type { ToastsStore } from './toasts-store.ts'

export interface Services {
  engine: EngineStore
  settings: SettingsStore
  route: RouteStore
  toasts: ToastsStore
  arrivals: ArrivalsStore
  /** See `projects.open`. */
  page: string
}

export const ServicesContext = createContext<Services | null>(null)

export function useServices(): Services {
  const services = useContext(ServicesContext)
  if (!services) throw new Error('useServices is used outside of the page')
  return services
}

/** Where to say that something is done or failed. */
export function useToasts(): ToastsStore {
  return useServices().toasts
}

export const JobsContext = createContext<JobsStore | null>(null)

/** The jobs of the open project. */
export function useJobs(): JobsStore {
  const jobs = useContext(JobsContext)
  if (!jobs) throw new Error('useJobs is used outside of a project')
  return jobs
}
