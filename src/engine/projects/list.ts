import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import type { ListedProject } from '../../shared/contract.ts'
import { toAppError } from '../../shared/errors.ts'
import { type RecentProject, recentProjects } from './recent.ts'

/** What a project holds. */
export interface ProjectContents {
  tapes: number
  frames: number
}

/** Opens the project in a folder just long enough to look into it. */
export type Inspect = (folder: string) => ProjectContents | Promise<ProjectContents>

async function describe(
  { path, lastOpened }: RecentProject,
  inspect: Inspect,
): Promise<ListedProject> {
  const listed = { path, lastOpened, name: basename(path, '.maskbench') }
  if (!existsSync(path)) return { ...listed, state: 'missing' }
  try {
    const { tapes, frames } = await inspect(path)
    return { ...listed, state: 'ready', tapes, frames }
  } catch (error) {
    const { message, hint } = toAppError(error, path)
    return { ...listed, state: 'unreadable', problem: message, hint }
  }
}

/** The recent projects and what is in them; one that cannot be read says why. */
export async function listProjects(inspect: Inspect): Promise<ListedProject[]> {
  const projects = await recentProjects()
  return Promise.all(projects.map((project) => describe(project, inspect)))
}
