import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import type { ListedProject } from '../../shared/contract.ts'
import { toAppError } from '../../shared/errors.ts'
import { type RecentProject, recentProjects } from './recent.ts'

type Ready = Extract<ListedProject, { state: 'ready' }>

/** What a project holds. */
export type ProjectContents = Omit<Ready, 'state' | 'path' | 'name' | 'lastOpened'>

/** Opens the project in a folder just long enough to look into it. */
export type Inspect = (folder: string) => ProjectContents | Promise<ProjectContents>

async function describe(
  { path, lastOpened }: RecentProject,
  inspect: Inspect,
): Promise<ListedProject> {
  const listed = { path, lastOpened, name: basename(path, '.maskbench') }
  if (!existsSync(path)) return { ...listed, state: 'missing' }
  try {
    return { ...listed, state: 'ready', ...(await inspect(path)) }
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
