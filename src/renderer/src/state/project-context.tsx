import { createContext, useContext } from 'react'
import type { ProjectState } from '../../../shared/contract/state.ts'
import type { EngineClient } from './engine-store.ts'
import type { ProjectStore } from './project-store.ts'

export interface OpenProject {
  /** Stays the same one across connections; calls throw `disconnected` while there is none. */
  client: EngineClient
  store: ProjectStore
  /** Changes where the engine had to be started again: use the one of this render. */
  handle: string
  /** 'read' = another window or program writes: nothing can be changed here. */
  mode: 'write' | 'read'
  /** How often it has been opened: again after a loss, when what failed is worth another attempt. */
  times: number
  /** What the engine last told; a new object whenever something changed. */
  state: ProjectState
}

export const ProjectContext = createContext<OpenProject | null>(null)

/** The open project. Screens of a project are mounted only once its state is there. */
export function useProject(): OpenProject {
  const project = useContext(ProjectContext)
  if (!project) throw new Error('useProject is used outside of a project')
  return project
}
