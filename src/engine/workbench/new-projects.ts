/** @file Makes projects where the user keeps them. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { listJobs } from '../db/jobs.ts'
import { createProject, openProject, type Project } from '../db/project.ts'
import { listSources } from '../db/sources.ts'
import { fillSample } from '../jobs/sample-project.ts'
import { projectsFolder } from '../projects/data-folder.ts'
import { freeProjectName, projectFolderName } from '../projects/project-name.ts'
import type { SampleOptions } from '../sample/render-sample.ts'
import type { OpenProjects } from './open-projects.ts'
import { refreshPoster } from './refresh-poster.ts'
import type { Roots } from './roots.ts'

/** Of the job that draws the sample. */
const sampleKind = 'sample'

/** The usual place for projects, or the first folder that the page may reach. */
function usualFolder(roots: Roots): string {
  const usual = projectsFolder()
  const [first = usual] = roots.folders ?? []
  return roots.allows(usual) ? usual : first
}

/**
 * Makes an empty project and returns its path.
 * @throws AppError `bad-value` for a name that no file can have, `project-exists`, `outside-roots`
 */
export function createProjectIn(
  roots: Roots,
  { name, folder }: { name: string; folder?: string | undefined },
): string {
  const path = roots.require(join(folder ?? usualFolder(roots), projectFolderName(name)))
  createProject(path).close()
  return path
}

/** Whether it is a sample project whose tape was never drawn to its end, and is not being drawn now. */
function isUnfinishedSample(path: string): boolean {
  try {
    const project = openProject(path, { mode: 'read' })
    try {
      return hasOnlyFailed(project)
    } finally {
      project.close()
    }
  } catch {
    // One that cannot be read is none to go on with; whoever opens it is told why.
    return false
  }
}

function hasOnlyFailed(project: Project): boolean {
  const samples = listJobs(project).filter(({ kind }) => kind === sampleKind)
  const isUnderWay = samples.some(({ state }) => state === 'running' || state === 'queued')
  return listSources(project).length === 0 && samples.length > 0 && !isUnderWay
}

/** Where the sample goes: into the project that an attempt before has left empty, or into a new one. */
function sampleProjectIn(roots: Roots, folder: string): string {
  const before = readdirSync(folder)
    .filter((name) => /^Sample( \d+)?\.maskbench$/.test(name))
    .map((name) => join(folder, name))
    .find((path) => existsSync(join(path, 'project.db')) && isUnfinishedSample(path))
  if (before !== undefined) return roots.require(before)
  return createProjectIn(roots, { name: freeProjectName(folder, 'Sample'), folder })
}

/**
 * Makes the sample project, with a job that draws its tape, and returns its path. Where that failed
 * before, it is tried again in the same project.
 */
export async function createSampleProject(
  projects: OpenProjects,
  options: SampleOptions,
): Promise<string> {
  const folder = usualFolder(projects.roots)
  mkdirSync(folder, { recursive: true })
  const path = sampleProjectIn(projects.roots, folder)
  const shared = await projects.share(path)
  shared.jobs.start(sampleKind, 'Draw the sample tape', options, async (work) => {
    await fillSample(shared.worker, options, work)
    shared.changed('tapes', 'recipe', 'regions', 'rule')
    await refreshPoster(projects, shared.worker)
  })
  return path
}
