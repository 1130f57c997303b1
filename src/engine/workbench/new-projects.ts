/** @file Makes projects where the user keeps them. */
import { join } from 'node:path'
import { createProject } from '../db/project.ts'
import { fillSample } from '../jobs/sample-project.ts'
import { projectsFolder } from '../projects/data-folder.ts'
import { freeProjectName, projectFolderName } from '../projects/project-name.ts'
import type { SampleOptions } from '../sample/render-sample.ts'
import type { OpenProjects } from './open-projects.ts'
import { refreshPoster } from './refresh-poster.ts'
import type { Roots } from './roots.ts'

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

/** Makes the sample project, with a job that draws its tape, and returns its path. */
export async function createSampleProject(
  projects: OpenProjects,
  options: SampleOptions,
): Promise<string> {
  const folder = usualFolder(projects.roots)
  const path = createProjectIn(projects.roots, { name: freeProjectName(folder, 'Sample'), folder })
  const shared = await projects.share(path)
  shared.jobs.start('import', 'Draw the sample tape', options, async (work) => {
    await fillSample(shared.worker, options, work)
    shared.changed('tapes', 'recipe', 'regions', 'rule')
    await refreshPoster(projects, shared.worker)
  })
  return path
}
